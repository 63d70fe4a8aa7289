//! What parent and worker say to each other: JSON frames, each behind its length, over the worker's pipes.
//!
//! The hook has no way to these pipes: the engine gives it no file descriptors.

use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::platform::Protections;
use crate::engine::outside::{Incoming, ModuleAnswer, ModuleAsk, ModuleText, Wanted};
use crate::engine::{Event, Program};

/// The largest frame either side accepts, in bytes.
pub const MAX_FRAME_BYTES: usize = 64 * 1024 * 1024;

/// Something a worker that stands ready compiles, and does not execute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Preparation {
    Module(ModuleText),
    /// A module of Node's, an internal one or a stand-in, by its name.
    Core(String),
}

/// What a worker is told: perhaps what to prepare, one order, then answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Order {
    /// Compile this while nothing else is to be done, and answer with [`Word::Prepared`].
    Prepare(Preparation),
    Run {
        program: Box<Program>,
        /// Bytes of heap beyond what the worker holds at rest.
        memory: u64,
    },
    /// The answer to [`Word::Ask`].
    Module(ModuleAnswer),
    /// A message for the run that goes on.
    Incoming(Incoming),
    /// Answer with [`Word::Done`] and end: the round trip of an empty frame, for measurements.
    Nothing,
}

/// What a worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Word {
    /// The engine is prepared and waits for its order, held in by these.
    Ready(Protections),
    Event(Event),
    /// What was to be prepared is, or cannot be.
    Prepared {
        /// What its text asks for.
        wanted: Vec<Wanted>,
    },
    /// The run waits for a module.
    Ask(ModuleAsk),
    /// The run is over; always the last word.
    Done {
        /// Most bytes of heap held at once.
        peak_memory_bytes: u64,
        /// The core modules that the run loaded, internal ones and stand-ins included.
        core: Vec<String>,
    },
}

/// Why a frame could not be read or written.
#[derive(Debug, Error)]
pub enum FrameError {
    /// The other side closed the pipe between two frames.
    #[error("the other process closed the pipe")]
    Closed,
    /// The other side is gone in the middle of a frame: it was ended while it wrote.
    #[error("the other process ended in the middle of a message")]
    Cut,
    #[error("the pipe to the other process broke: {0}")]
    Io(#[from] io::Error),
    #[error("a message of {0} bytes is larger than the {MAX_FRAME_BYTES} bytes a message may have")]
    TooLarge(usize),
    #[error("the other process sent something that is no message: {0}")]
    Malformed(#[from] serde_json::Error),
}

/// Writes one frame and flushes it.
///
/// # Errors
/// [`FrameError::TooLarge`] before anything is written; [`FrameError::Io`] when the other side is gone.
pub fn write_frame(writer: &mut impl Write, message: &impl Serialize) -> Result<(), FrameError> {
    // The length's place is kept free, so that a frame leaves in one write.
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - 4;
    let prefix = u32::try_from(length)
        .ok()
        .filter(|_| length <= MAX_FRAME_BYTES)
        .ok_or(FrameError::TooLarge(length))?;
    frame[..4].copy_from_slice(&prefix.to_le_bytes());
    writer.write_all(&frame)?;
    writer.flush()?;
    Ok(())
}

/// Reads one frame.
///
/// # Errors
/// [`FrameError::Closed`] at the end of the pipe, [`FrameError::Cut`] at an end inside a frame; otherwise what is wrong with the frame.
pub fn read_frame<T: DeserializeOwned>(reader: &mut impl Read) -> Result<T, FrameError> {
    let mut prefix = [0; 4];
    let first = loop {
        match reader.read(&mut prefix) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other?,
        }
    };
    if first == 0 {
        return Err(FrameError::Closed);
    }
    reader
        .read_exact(&mut prefix[first..])
        .map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => FrameError::Cut,
            _ => FrameError::Io(error),
        })?;
    let length = usize::try_from(u32::from_le_bytes(prefix)).unwrap_or(usize::MAX);
    if length > MAX_FRAME_BYTES {
        return Err(FrameError::TooLarge(length));
    }
    // Grows as bytes arrive: a wrong length reserves nothing.
    let mut body = Vec::new();
    let got = reader
        .take(u64::try_from(length).unwrap_or(u64::MAX))
        .read_to_end(&mut body)?;
    if got < length {
        return Err(FrameError::Cut);
    }
    Ok(serde_json::from_slice(&body)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other() {
        let mut pipe = Vec::new();
        write_frame(&mut pipe, &Word::Ready(Protections::default())).unwrap();
        write_frame(
            &mut pipe,
            &Word::Done {
                peak_memory_bytes: 7,
                core: Vec::new(),
            },
        )
        .unwrap();
        let mut reader = pipe.as_slice();
        assert!(matches!(read_frame(&mut reader), Ok(Word::Ready(_))));
        assert!(matches!(
            read_frame(&mut reader),
            Ok(Word::Done {
                peak_memory_bytes: 7,
                ..
            })
        ));
        assert!(matches!(
            read_frame::<Word>(&mut reader),
            Err(FrameError::Closed)
        ));
    }

    #[test]
    fn garbage_is_refused() {
        assert!(matches!(
            read_frame::<Word>(&mut [3, 0, 0, 0, b'{', b'}', b'!'].as_slice()),
            Err(FrameError::Malformed(_))
        ));
        assert!(matches!(
            read_frame::<Word>(&mut [255; 64].as_slice()),
            Err(FrameError::TooLarge(_))
        ));
    }

    #[test]
    fn an_end_inside_a_frame_is_no_garbage() {
        for cut in [&[9, 0, 0, 0, b'"'][..], &[9, 0, 0, 0], &[9]] {
            assert!(matches!(
                read_frame::<Word>(&mut &*cut),
                Err(FrameError::Cut)
            ));
        }
    }

    #[test]
    fn what_is_too_large_is_not_sent() {
        let mut pipe = Vec::new();
        let text = "x".repeat(MAX_FRAME_BYTES);
        assert!(matches!(
            write_frame(&mut pipe, &text),
            Err(FrameError::TooLarge(_))
        ));
        assert!(pipe.is_empty());
    }
}
