//! The font of the code: the system's monospaced families, and one of them read and tried before egui gets it, for egui
//! does not survive a file that is no font.
//!
//! Reading what is installed may take a second, so it happens on a thread, and only once somebody asks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use eframe::egui::{self, Context};
use fontdb::{Database, Family, ID, Query, Source};
use skrifa::MetadataProvider as _;

use super::app::HookbenchApp;
use super::background::{Mailbox, Message};
use super::panes::statusbar::Status;
use super::theme;

/// A larger file is no font to write code in, and would stay in memory.
const MOST_BYTES: u64 = 64 << 20;
/// What a font must be able to write.
const LEAST: &str = "aZ09 {}()[];:,.'\"/*+-=<>|&_$";

/// A font that was read and tried.
#[derive(Clone)]
pub struct CodeFont {
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    /// Which face of the file.
    pub index: u32,
}

/// Why a font is not used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    #[error(
        "The code font “{0}” is not installed here, so the built-in one is shown. Choose another in the settings."
    )]
    Missing(String),
    #[error("The code font “{family}” cannot be read ({reason}), so the built-in one is shown.")]
    Unreadable { family: String, reason: String },
    #[error(
        "The file of the code font “{0}” is damaged or has no letters, so the built-in one is shown. Choose another in the settings."
    )]
    Damaged(String),
}

/// What is known of the system's fonts.
#[derive(Debug, Default)]
pub struct Fonts {
    /// The monospaced families in the order of their names, once they are known.
    pub families: Option<Vec<String>>,
    asked: bool,
    /// The family that was set last, empty for the built-in one.
    set: String,
}

/// What came of reading on the thread.
pub enum FontsRead {
    Families(Vec<String>),
    Font {
        family: String,
        result: Result<CodeFont, FontError>,
    },
}

impl HookbenchApp {
    /// Lists the installed families, the first time they are asked for.
    pub(super) fn list_fonts(&mut self) {
        if !std::mem::replace(&mut self.fonts.asked, true) {
            read(self.background.mailbox(), |system| {
                FontsRead::Families(families(system))
            });
        }
    }

    /// Follows the settings: another font is read first, the built-in one is there at once.
    pub(super) fn apply_font(&mut self, ctx: &Context) {
        let family = &self.settings.code_font;
        if *family == self.fonts.set {
            return;
        }
        self.fonts.set.clone_from(family);
        if family.is_empty() {
            theme::set_code_font(ctx, None);
            return;
        }
        let family = family.clone();
        read(self.background.mailbox(), |system| {
            let result = load(system, &family);
            FontsRead::Font { family, result }
        });
    }

    /// Takes in what was read.
    pub(super) fn fonts_read(&mut self, read: FontsRead, ctx: &Context) {
        match read {
            FontsRead::Families(families) => self.fonts.families = Some(families),
            // Another one was chosen since.
            FontsRead::Font { family, .. } if family != self.fonts.set => {}
            FontsRead::Font {
                result: Ok(font), ..
            } => theme::set_code_font(ctx, Some(&font)),
            FontsRead::Font {
                result: Err(error), ..
            } => {
                theme::set_code_font(ctx, None);
                self.status = Some(Status {
                    text: error.to_string(),
                    bad: true,
                    lasting: true,
                });
            }
        }
        ctx.request_repaint();
    }
}

/// Reads what is installed and tells what was made of it.
fn read(mailbox: Mailbox, what: impl FnOnce(&Database) -> FontsRead + Send + 'static) {
    let started = thread::Builder::new()
        .name("fonts".to_owned())
        .spawn(move || {
            let mut system = Database::new();
            system.load_system_fonts();
            mailbox.send(Message::Fonts(what(&system)));
        });
    // Without the thread the built-in font stays, which works.
    drop(started);
}

/// The monospaced families that can write code, in the order of their names.
fn families(system: &Database) -> Vec<String> {
    let mut found: Vec<String> = system
        .faces()
        .filter(|face| face.monospaced)
        .filter_map(|face| Some((face.id, face.families.first()?.0.clone())))
        // Names that begin with a full stop are the system's own.
        .filter(|(_, family)| !family.is_empty() && !family.starts_with('.'))
        .filter(|(id, _)| {
            // Emoji and barcodes are monospaced, too.
            let read = || system.with_face_data(*id, has_letters);
            // A damaged one must not keep the others from being listed.
            catch_unwind(AssertUnwindSafe(read))
                .ok()
                .flatten()
                .unwrap_or_default()
        })
        .map(|(_, family)| family)
        .collect();
    found.sort_by_key(|family| family.to_lowercase());
    found.dedup();
    found
}

fn has_letters(bytes: &[u8], index: u32) -> bool {
    let Ok(font) = skrifa::FontRef::from_index(bytes, index) else {
        return false;
    };
    let (letters, outlines) = (font.charmap(), font.outline_glyphs());
    LEAST.chars().all(|c| {
        let glyph = letters.map(c).and_then(|glyph| outlines.get(glyph));
        let Some(glyph) = glyph else { return false };
        let mut strokes = Strokes::default();
        let size = skrifa::instance::Size::new(theme::CODE);
        let drawn = glyph.draw(
            (size, skrifa::instance::LocationRef::default()),
            &mut strokes,
        );
        drawn.is_ok() && (c == ' ' || strokes.0 > 0)
    })
}

/// Counts what is drawn: a file that was cut off still has widths, and nothing to see.
#[derive(Default)]
struct Strokes(usize);

impl skrifa::outline::OutlinePen for Strokes {
    fn move_to(&mut self, _: f32, _: f32) {}

    fn line_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }

    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }

    fn close(&mut self) {}
}

/// The upright face of a family, read and tried.
fn load(system: &Database, family: &str) -> Result<CodeFont, FontError> {
    let query = Query {
        families: &[Family::Name(family)],
        ..Query::default()
    };
    let face = system
        .query(&query)
        .ok_or_else(|| FontError::Missing(family.to_owned()))?;
    let font = read_face(system, face).map_err(|reason| FontError::Unreadable {
        family: family.to_owned(),
        reason,
    })?;
    if works(&font) {
        Ok(font)
    } else {
        Err(FontError::Damaged(family.to_owned()))
    }
}

/// The bytes of a face; copied, for a file that is mapped may shrink under it.
fn read_face(system: &Database, face: ID) -> Result<CodeFont, String> {
    let (source, index) = system.face_source(face).ok_or("it is gone")?;
    let bytes = match source {
        Source::Binary(bytes) => bytes,
        Source::File(path) | Source::SharedFile(path, _) => Arc::new(read_file(&path)?),
    };
    Ok(CodeFont { bytes, index })
}

fn read_file(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    let size = std::fs::metadata(path).map_err(told)?.len();
    if size > MOST_BYTES {
        return Err(format!("{} is larger than 64 MiB", path.display()));
    }
    std::fs::read(path).map_err(told)
}

/// Whether egui can write with a font: tried where it costs nothing if it cannot.
fn works(font: &CodeFont) -> bool {
    if !has_letters((*font.bytes).as_ref(), font.index) {
        return false;
    }
    let tried = catch_unwind(AssertUnwindSafe(|| {
        let ctx = Context::default();
        theme::install(&ctx);
        theme::set_code_font(&ctx, Some(font));
        let mut width = 0.0;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let size = theme::mono(theme::CODE);
            let text =
                ui.painter()
                    .layout_no_wrap(LEAST.to_owned(), size, theme::palette(ui.ctx()).text);
            width = text.size().x;
        });
        // Nobody paints it.
        output.textures_delta.clear();
        width
    }));
    tried.is_ok_and(|width| width > 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in font as if it were installed, with its bytes changed.
    fn installed(change: impl FnOnce(&mut Vec<u8>)) -> Database {
        let built_in = egui::FontDefinitions::default();
        let mut bytes = built_in.font_data["Hack"].bytes().to_vec();
        change(&mut bytes);
        let mut system = Database::new();
        system.load_font_data(bytes);
        system.load_font_data(notosans::REGULAR_TTF.to_vec());
        system
    }

    #[test]
    fn monospaced_families_are_listed_and_one_is_loaded() {
        let system = installed(|_| ());
        assert_eq!(families(&system), ["Hack"]);
        assert!(load(&system, "Hack").is_ok());
        assert_eq!(
            load(&system, "Nowhere Mono").err(),
            Some(FontError::Missing("Nowhere Mono".to_owned()))
        );
    }

    #[test]
    fn damaged_files_are_refused_before_egui_sees_them() {
        let whole = installed(|_| ()).faces().count();
        assert_eq!(whole, 2);
        let built_in = egui::FontDefinitions::default();
        let bytes = built_in.font_data["Hack"].bytes().to_vec();
        for (name, broken) in [
            ("empty", Vec::new()),
            ("no font", b"not a font at all".to_vec()),
            ("cut short", bytes[..bytes.len() / 3].to_vec()),
            ("header alone", bytes[..12].to_vec()),
        ] {
            let font = CodeFont {
                bytes: Arc::new(broken),
                index: 0,
            };
            assert!(!works(&font), "{name}");
        }
        let other_face = CodeFont {
            bytes: Arc::new(bytes),
            index: 7,
        };
        assert!(!works(&other_face));
    }

    #[test]
    fn bytes_changed_anywhere_end_in_an_answer() {
        let built_in = egui::FontDefinitions::default();
        let bytes = built_in.font_data["Hack"].bytes().to_vec();
        for step in 0..24 {
            let mut changed = bytes.clone();
            let mut at = step * 37 + 5;
            while at < changed.len() {
                changed[at] ^= 0xa5;
                at += 4_099 + step * 211;
            }
            let font = CodeFont {
                bytes: Arc::new(changed),
                index: 0,
            };
            // Whatever the answer is, there is one.
            let _ = works(&font);
        }
    }

    #[test]
    fn a_file_that_is_gone_or_too_large_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let gone = read_file(&folder.path().join("gone.ttf"));
        assert!(gone.unwrap_err().contains("gone.ttf"));
        let large = folder.path().join("large.ttf");
        let file = std::fs::File::create(&large).unwrap();
        file.set_len(MOST_BYTES + 1).unwrap();
        assert!(read_file(&large).unwrap_err().contains("64 MiB"));
    }
}
