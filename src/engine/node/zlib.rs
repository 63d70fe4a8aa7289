//! Beneath `zlib`: codecs that take input as it comes and give output in pieces of any size.
//!
//! Deflate in its three wrappings over flate2 (headers and checks are ours, so that faults have zlib's words), Brotli.

use std::io::Write as _;

use boa_engine::{Context, JsArgs, JsError, JsObject, JsResult, JsValue, js_string};
use brotli::enc::StandardAlloc;
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState, CompressorWriter};
use flate2::{Compress, Compression, Crc, Decompress, FlushCompress, FlushDecompress, Status};

use super::super::state::State;
use super::crypto::{answer, held, hold, input, size, text};
use super::functions;

/// Bytes made at a time.
const PIECE: usize = 64 * 1024;
/// `Z_FINISH`, and Brotli's operation to finish, as JavaScript hands them over.
const FINISH: usize = 4;

/// A fault in zlib's words, with its name and number (zlib.h).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
struct Fault {
    code: String,
    number: i32,
    message: &'static str,
}

fn data_error(message: &'static str) -> Fault {
    Fault {
        code: "Z_DATA_ERROR".to_owned(),
        number: -3,
        message,
    }
}

impl Fault {
    fn thrown(&self, context: &mut Context) -> JsError {
        let mut made = || -> JsResult<JsValue> {
            let class = State::of(context)?.primordials()?.shaped_error.clone();
            let error = class.construct(&[js_string!(self.message).into()], None, context)?;
            error.set(js_string!("errno"), self.number, true, context)?;
            error.set(
                js_string!("code"),
                js_string!(self.code.as_str()),
                true,
                context,
            )?;
            Ok(error.into())
        };
        match made() {
            Ok(error) => JsError::from_opaque(error),
            Err(error) => error,
        }
    }
}

/// What one step took and made.
struct Step {
    used: usize,
    made: usize,
    ended: bool,
}

/// How deflated data are wrapped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrap {
    Raw,
    Zlib,
    Gzip,
    /// Gzip or zlib, as the first byte tells.
    Either,
}

enum Codec {
    Deflate(Deflate),
    Inflate(Box<Inflate>),
    Brotli(Option<Box<CompressorWriter<Vec<u8>>>>, Vec<u8>),
    Unbrotli(Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>),
}

struct Deflate {
    inner: Compress,
    /// Header or trailer that is still to be handed out.
    ready: Vec<u8>,
    check: Check,
    /// True while all that came has been handed out.
    flushed: bool,
    ended: bool,
}

struct Inflate {
    inner: Decompress,
    wrap: Wrap,
    place: Place,
    head: Vec<u8>,
    check: Check,
    first: Option<u8>,
}

/// Where an inflating stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Body,
    Tail,
    End,
}

/// The checksum of the wrapping.
enum Check {
    None,
    Adler(adler2::Adler32),
    Crc(Crc),
}

impl Check {
    fn of(wrap: Wrap) -> Self {
        match wrap {
            Wrap::Raw | Wrap::Either => Self::None,
            Wrap::Zlib => Self::Adler(adler2::Adler32::new()),
            Wrap::Gzip => Self::Crc(Crc::new()),
        }
    }

    fn take(&mut self, data: &[u8]) {
        match self {
            Self::None => {}
            Self::Adler(check) => check.write_slice(data),
            Self::Crc(check) => check.update(data),
        }
    }

    /// The trailer of the wrapping.
    fn trailer(&self) -> Vec<u8> {
        match self {
            Self::None => Vec::new(),
            Self::Adler(check) => check.checksum().to_be_bytes().to_vec(),
            Self::Crc(check) => [check.sum().to_le_bytes(), check.amount().to_le_bytes()].concat(),
        }
    }
}

impl Deflate {
    fn new(wrap: Wrap, level: u32) -> Self {
        let ready = match wrap {
            Wrap::Gzip => {
                let hint = match level {
                    9 => 2,
                    0 | 1 => 4,
                    _ => 0,
                };
                vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, hint, 3]
            }
            Wrap::Zlib => match level {
                0 | 1 => vec![0x78, 0x01],
                2..=5 => vec![0x78, 0x5e],
                6 => vec![0x78, 0x9c],
                _ => vec![0x78, 0xda],
            },
            Wrap::Raw | Wrap::Either => Vec::new(),
        };
        Self {
            inner: Compress::new(Compression::new(level), false),
            ready,
            check: Check::of(wrap),
            flushed: false,
            ended: false,
        }
    }

    fn step(&mut self, input: &[u8], out: &mut [u8], flush: usize) -> Result<Step, Fault> {
        if !self.ready.is_empty() || self.ended {
            let made = hand_out(&mut self.ready, out);
            let ended = self.ended && self.ready.is_empty();
            return Ok(Step {
                used: 0,
                made,
                ended,
            });
        }
        // As zlib has it: what was flushed is not flushed again before more has come.
        if input.is_empty() && flush != FINISH && flush != 0 && self.flushed {
            return Ok(Step {
                used: 0,
                made: 0,
                ended: false,
            });
        }
        let flushes = flush != 0;
        let flush = match flush {
            0 => FlushCompress::None,
            1 => FlushCompress::Partial,
            2 => FlushCompress::Sync,
            3 => FlushCompress::Full,
            _ => FlushCompress::Finish,
        };
        let (before_in, before_out) = (self.inner.total_in(), self.inner.total_out());
        let status = self
            .inner
            .compress(input, out, flush)
            .map_err(|_| data_error("stream error"))?;
        let used = (self.inner.total_in() - before_in) as usize;
        let made = (self.inner.total_out() - before_out) as usize;
        self.check.take(input.get(..used).unwrap_or_default());
        // With room left over, nothing waits any more.
        self.flushed = flushes && used == input.len() && made < out.len();
        if status == Status::StreamEnd {
            self.ended = true;
            self.ready = self.check.trailer();
        }
        Ok(Step {
            used,
            made,
            ended: self.ended && self.ready.is_empty(),
        })
    }
}

/// Moves as much as fits.
fn hand_out(ready: &mut Vec<u8>, out: &mut [u8]) -> usize {
    let count = ready.len().min(out.len());
    for (place, byte) in out.iter_mut().zip(ready.drain(..count)) {
        *place = byte;
    }
    count
}

impl Inflate {
    fn new(wrap: Wrap) -> Self {
        Self {
            inner: Decompress::new(false),
            wrap,
            place: if wrap == Wrap::Raw {
                Place::Body
            } else {
                Place::Head
            },
            head: Vec::new(),
            check: Check::of(wrap),
            first: None,
        }
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> Result<Step, Fault> {
        let mut step = Step {
            used: 0,
            made: 0,
            ended: false,
        };
        match self.place {
            Place::Head => {
                let mut rest = input.iter();
                while self.place == Place::Head {
                    let Some(byte) = rest.next() else { break };
                    self.head.push(*byte);
                    step.used += 1;
                    self.read_head()?;
                }
            }
            Place::Body => {
                if self.first.is_none() {
                    self.first = input.first().copied();
                }
                let (before_in, before_out) = (self.inner.total_in(), self.inner.total_out());
                let status = self
                    .inner
                    .decompress(input, out, FlushDecompress::None)
                    .map_err(|_| data_error(self.reason()))?;
                step.used = (self.inner.total_in() - before_in) as usize;
                step.made = (self.inner.total_out() - before_out) as usize;
                self.check.take(out.get(..step.made).unwrap_or_default());
                if status == Status::StreamEnd {
                    self.head.clear();
                    self.place = match self.wrap {
                        Wrap::Raw => Place::End,
                        _ => Place::Tail,
                    };
                }
            }
            Place::Tail => {
                let expected = self.check.trailer();
                let missing = expected.len().saturating_sub(self.head.len());
                let taken = input.get(..missing.min(input.len())).unwrap_or_default();
                self.head.extend_from_slice(taken);
                step.used = taken.len();
                if self.head.len() == expected.len() {
                    if self.head.get(..4) != expected.get(..4) {
                        return Err(data_error("incorrect data check"));
                    }
                    if self.head != expected {
                        return Err(data_error("incorrect length check"));
                    }
                    self.place = Place::End;
                }
            }
            Place::End => {
                // Another member may follow; zeros are padding (as Node's zlib decides).
                if self.wrap == Wrap::Gzip && input.first().is_some_and(|byte| *byte != 0) {
                    *self = Self::new(Wrap::Gzip);
                } else {
                    step.used = input.len();
                }
            }
        }
        step.ended = self.place == Place::End;
        Ok(step)
    }

    fn read_head(&mut self) -> Result<(), Fault> {
        if self.wrap == Wrap::Either {
            match self.head.as_slice() {
                [0x1f] => return Ok(()),
                [0x1f, 0x8b, ..] => self.wrap = Wrap::Gzip,
                _ => self.wrap = Wrap::Zlib,
            }
            self.check = Check::of(self.wrap);
        }
        let whole = match self.wrap {
            Wrap::Gzip => gzip_head(&self.head)?,
            _ => zlib_head(&self.head)?,
        };
        if whole {
            self.place = Place::Body;
        }
        Ok(())
    }

    /// Why the body cannot be read; the crate does not tell, the kind of the first block does mostly.
    fn reason(&self) -> &'static str {
        match self.first.map(|byte| byte >> 1 & 3) {
            Some(3) => "invalid block type",
            Some(0) => "invalid stored block lengths",
            Some(2) if self.inner.total_out() == 0 => "invalid code lengths set",
            _ => "invalid distance too far back",
        }
    }
}

/// Whether the header of zlib (RFC 1950) is whole.
fn zlib_head(head: &[u8]) -> Result<bool, Fault> {
    let [method, flags, ..] = head else {
        return Ok(false);
    };
    if (u32::from(*method) * 256 + u32::from(*flags)) % 31 != 0 {
        return Err(data_error("incorrect header check"));
    }
    if method & 15 != 8 {
        return Err(data_error("unknown compression method"));
    }
    if method >> 4 > 7 {
        return Err(data_error("invalid window size"));
    }
    if flags & 0x20 != 0 {
        return Err(Fault {
            code: "Z_NEED_DICT".to_owned(),
            number: 2,
            message: "Missing dictionary",
        });
    }
    Ok(true)
}

/// Whether the header of gzip (RFC 1952) is whole, with its optional fields.
fn gzip_head(head: &[u8]) -> Result<bool, Fault> {
    if head.len() >= 2 && !head.starts_with(&[0x1f, 0x8b]) {
        return Err(data_error("incorrect header check"));
    }
    if head.get(2).is_some_and(|method| *method != 8) {
        return Err(data_error("unknown compression method"));
    }
    let Some(flags) = head.get(3).copied() else {
        return Ok(false);
    };
    if flags & 0xe0 != 0 {
        return Err(data_error("unknown header flags set"));
    }
    let mut at = 10;
    if flags & 4 != 0 {
        let Some([low, high]) = head.get(at..at + 2) else {
            return Ok(false);
        };
        at += 2 + usize::from(u16::from_le_bytes([*low, *high]));
    }
    for field in [8, 16] {
        if flags & field != 0 {
            let end = head
                .get(at..)
                .and_then(|rest| rest.iter().position(|byte| *byte == 0));
            let Some(end) = end else {
                return Ok(false);
            };
            at += end + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    Ok(head.len() >= at)
}

/// A stream: what waits to be worked on, and the codec.
struct Stream {
    codec: Codec,
    waiting: Vec<u8>,
    ended: bool,
}

impl Stream {
    /// `level` is zlib's 0 to 9, or Brotli's quality; `window` Brotli's bits.
    fn new(mode: &str, level: u32, window: u32) -> Option<Self> {
        let codec = match mode {
            "deflate" => Codec::Deflate(Deflate::new(Wrap::Zlib, level)),
            "deflateRaw" => Codec::Deflate(Deflate::new(Wrap::Raw, level)),
            "gzip" => Codec::Deflate(Deflate::new(Wrap::Gzip, level)),
            "inflate" => Codec::Inflate(Box::new(Inflate::new(Wrap::Zlib))),
            "inflateRaw" => Codec::Inflate(Box::new(Inflate::new(Wrap::Raw))),
            "gunzip" => Codec::Inflate(Box::new(Inflate::new(Wrap::Gzip))),
            "unzip" => Codec::Inflate(Box::new(Inflate::new(Wrap::Either))),
            "brotliCompress" => {
                let writer = CompressorWriter::new(Vec::new(), 4096, level, window);
                Codec::Brotli(Some(Box::new(writer)), Vec::new())
            }
            "brotliDecompress" => Codec::Unbrotli(Box::new(BrotliState::new(
                StandardAlloc::default(),
                StandardAlloc::default(),
                StandardAlloc::default(),
            ))),
            _ => return None,
        };
        Some(Self {
            codec,
            waiting: Vec::new(),
            ended: false,
        })
    }

    /// At most `most` bytes of what the input so far yields; fewer only if there is no more.
    ///
    /// # Errors
    /// Where the input is not what it should be.
    fn read(&mut self, most: usize, flush: usize) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        let mut at = 0;
        let result = loop {
            let start = out.len();
            let room = most.saturating_sub(start).min(PIECE);
            if room == 0 {
                break Ok(());
            }
            out.resize(start + room, 0);
            let input = self.waiting.get(at..).unwrap_or_default();
            let piece = out.get_mut(start..).unwrap_or_default();
            let step = match self.codec.step(input, piece, flush) {
                Ok(step) => step,
                Err(fault) => break Err(fault),
            };
            out.truncate(start + step.made);
            at += step.used;
            self.ended = step.ended;
            let all_taken = at >= self.waiting.len();
            let idle = step.used == 0 && step.made == 0;
            if step.ended && all_taken || idle && (all_taken || !self.codec.may_restart()) {
                break Ok(());
            }
        };
        self.waiting.drain(..at.min(self.waiting.len()));
        result.map(|()| out)
    }
}

impl Codec {
    /// A step that did nothing may have begun another member.
    fn may_restart(&self) -> bool {
        matches!(self, Self::Inflate(inflate) if inflate.place == Place::Head)
    }

    fn step(&mut self, input: &[u8], out: &mut [u8], flush: usize) -> Result<Step, Fault> {
        match self {
            Self::Deflate(deflate) => deflate.step(input, out, flush),
            Self::Inflate(inflate) => inflate.step(input, out),
            Self::Brotli(writer, ready) => {
                let failed = |_| data_error("Compression failed");
                if let Some(open) = writer {
                    open.write_all(input).map_err(failed)?;
                    if flush == FINISH {
                        if let Some(open) = writer.take() {
                            ready.extend(open.into_inner());
                        }
                    } else {
                        if flush > 0 && (!input.is_empty() || ready.is_empty()) {
                            open.flush().map_err(failed)?;
                        }
                        ready.append(open.get_mut());
                    }
                }
                let made = hand_out(ready, out);
                Ok(Step {
                    used: input.len(),
                    made,
                    ended: writer.is_none() && ready.is_empty(),
                })
            }
            Self::Unbrotli(state) => {
                let (mut left, mut used) = (input.len(), 0);
                let (mut room, mut made, mut total) = (out.len(), 0, 0);
                let result = BrotliDecompressStream(
                    &mut left, &mut used, input, &mut room, &mut made, out, &mut total, state,
                );
                match result {
                    BrotliResult::ResultFailure => {
                        let name = format!("{:?}", state.error_code);
                        Err(Fault {
                            code: format!("ERR_{}", name.trim_start_matches("BROTLI_DECODER")),
                            number: state.error_code as i32,
                            message: "Decompression failed",
                        })
                    }
                    BrotliResult::ResultSuccess => Ok(Step {
                        used: input.len(),
                        made,
                        ended: true,
                    }),
                    _ => Ok(Step {
                        used,
                        made,
                        ended: false,
                    }),
                }
            }
        }
    }
}

/// Fills `native` of `zlib`.
///
/// # Errors
/// Only if the engine refuses a definition.
pub(super) fn install(help: &JsObject, context: &mut Context) -> JsResult<()> {
    functions(
        help,
        &[
            // mode, level or quality, Brotli's window
            ("open", 3, |_, args, _| {
                let level = u32::try_from(size(args, 1)).unwrap_or(6);
                let window = u32::try_from(size(args, 2)).unwrap_or(22);
                Ok(
                    Stream::new(&text(args, 0), level, window)
                        .map_or_else(JsValue::undefined, hold),
                )
            }),
            ("write", 2, |_, args, context| {
                let data = input(args, 1, context)?;
                held::<Stream, _>(args, 0, |stream| stream.waiting.extend_from_slice(&data))?;
                Ok(JsValue::undefined())
            }),
            // stream, most bytes, flush
            ("read", 3, |_, args, context| {
                let (most, flush) = (size(args, 1), size(args, 2));
                match held::<Stream, _>(args, 0, |stream| stream.read(most, flush))? {
                    Ok(bytes) => answer(&bytes, context),
                    Err(fault) => Err(fault.thrown(context)),
                }
            }),
            ("ended", 1, |_, args, _| {
                held::<Stream, _>(args, 0, |stream| stream.ended).map(JsValue::from)
            }),
            ("crc32", 2, |_, args, context| {
                let data = input(args, 0, context)?;
                let before = args.get_or_undefined(1).to_u32(context)?;
                Ok(crc32(&data, before).into())
            }),
        ],
        context,
    )
}

/// CRC-32 that goes on from an earlier one.
fn crc32(data: &[u8], before: u32) -> u32 {
    let mut check = crc32fast::Hasher::new_with_initial(before);
    check.update(data);
    check.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(mode: &str, data: &[u8], piece: usize) -> Result<(Vec<u8>, bool), Fault> {
        let mut stream = Stream::new(mode, 6, 22).unwrap();
        let mut out = Vec::new();
        for part in data.chunks(piece) {
            stream.waiting.extend_from_slice(part);
            loop {
                let made = stream.read(1000, 0)?;
                out.extend_from_slice(&made);
                if made.len() < 1000 {
                    break;
                }
            }
        }
        loop {
            let made = stream.read(1000, FINISH)?;
            out.extend_from_slice(&made);
            if made.len() < 1000 {
                return Ok((out, stream.ended));
            }
        }
    }

    fn text() -> Vec<u8> {
        (0..40_000u32)
            .flat_map(|n| (n * n % 977).to_string().into_bytes())
            .collect()
    }

    #[test]
    fn every_pair_gives_back_what_it_took_in_pieces_of_any_size() {
        for (there, back) in [
            ("gzip", "gunzip"),
            ("gzip", "unzip"),
            ("deflate", "inflate"),
            ("deflate", "unzip"),
            ("deflateRaw", "inflateRaw"),
            ("brotliCompress", "brotliDecompress"),
        ] {
            for data in [Vec::new(), b"short".to_vec(), text()] {
                for piece in [3, 700, 1 << 20] {
                    let (packed, ended) = run(there, &data, piece).unwrap();
                    assert!(ended, "{there} {piece}");
                    let (opened, ended) = run(back, &packed, piece).unwrap();
                    assert!(ended && opened == data, "{there} {back} {piece}");
                }
            }
        }
    }

    #[test]
    fn members_follow_each_other_and_zeros_pad() {
        let (one, _) = run("gzip", b"one", 10).unwrap();
        let (two, _) = run("gzip", b"two", 10).unwrap();
        let whole = [one, two, vec![0; 20]].concat();
        assert_eq!(
            run("gunzip", &whole, 7).unwrap(),
            (b"onetwo".to_vec(), true)
        );
    }

    #[test]
    fn faults_have_the_words_of_zlib() {
        let (gzip, _) = run("gzip", b"hello", 10).unwrap();
        let with = |at: usize, byte: u8| {
            let mut changed = gzip.clone();
            changed[at] ^= byte;
            run("gunzip", &changed, 100).unwrap_err().message
        };
        assert_eq!(with(0, 1), "incorrect header check");
        assert_eq!(with(2, 1), "unknown compression method");
        assert_eq!(with(3, 0xe0), "unknown header flags set");
        assert_eq!(with(gzip.len() - 5, 1), "incorrect data check");
        assert_eq!(with(gzip.len() - 1, 1), "incorrect length check");
        let (_, ended) = run("gunzip", &gzip[..15], 100).unwrap();
        assert!(!ended);
    }

    #[test]
    fn a_bomb_is_read_no_further_than_asked() {
        let (bomb, _) = run("gzip", &vec![0; 50_000_000], 1 << 20).unwrap();
        let mut stream = Stream::new("gunzip", 6, 22).unwrap();
        stream.waiting = bomb;
        assert_eq!(stream.read(1001, FINISH).unwrap().len(), 1001);
    }
}
