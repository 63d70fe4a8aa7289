//! The design tokens: the only file with colours, sizes and fonts.
//!
//! One accent colour for what can be pressed next; green, red and amber mean result, failure and caution.

#![allow(clippy::disallowed_methods)] // this is the file the rule sends colours to

use std::sync::Arc;

use eframe::egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Theme, Visuals,
};

use super::editor::Severity;
use super::fonts::CodeFont;

/// The three text sizes, in points.
pub const SMALL: f32 = 11.5;
pub const BODY: f32 = 13.0;
pub const TITLE: f32 = 15.0;
/// Monospaced text in the code and JSON panes.
pub const CODE: f32 = 13.0;
/// Monospaced text in the narrow panes of the Runner.
pub const CODE_SMALL: f32 = 12.0;
/// Height of a code line relative to its font size.
pub const CODE_LINE: f32 = 1.5;

/// Distances, in points: inside a row, between rows, around a pane.
pub const GAP: f32 = 8.0;
pub const GAP_SMALL: f32 = 4.0;
pub const PANE: f32 = 14.0;
pub const RADIUS: u8 = 6;

/// Every colour of the window under one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Code and input surfaces.
    pub surface: Color32,
    /// Side panes.
    pub pane: Color32,
    /// Selected rows, the current line.
    pub raised: Color32,
    pub hover: Color32,
    pub hairline: Color32,
    pub text: Color32,
    /// Secondary text; at least 4.5:1 against `pane` and `surface`.
    pub muted: Color32,
    /// Line numbers, disabled text.
    pub faint: Color32,
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    pub good: Color32,
    pub good_surface: Color32,
    pub bad: Color32,
    pub bad_surface: Color32,
    pub caution: Color32,
    pub caution_surface: Color32,
    /// HTTP methods, as the dashboard's Runner showed them.
    pub method: Color32,
    pub selection: Color32,
    /// The matches of a search.
    pub found: Color32,
    /// The match the search stands on.
    pub found_current: Color32,
    pub keyword: Color32,
    pub string: Color32,
    pub number: Color32,
    pub comment: Color32,
    pub function: Color32,
    pub property: Color32,
    pub constant: Color32,
}

const DARK: Palette = Palette {
    surface: Color32::from_rgb(26, 29, 37),
    pane: Color32::from_rgb(20, 22, 28),
    raised: Color32::from_rgb(36, 41, 56),
    hover: Color32::from_rgb(31, 35, 46),
    hairline: Color32::from_rgb(43, 48, 61),
    text: Color32::from_rgb(226, 229, 238),
    muted: Color32::from_rgb(150, 157, 176),
    faint: Color32::from_rgb(98, 106, 126),
    accent: Color32::from_rgb(129, 140, 255),
    on_accent: Color32::from_rgb(14, 16, 30),
    good: Color32::from_rgb(70, 196, 143),
    good_surface: Color32::from_rgb(23, 52, 43),
    bad: Color32::from_rgb(255, 118, 118),
    bad_surface: Color32::from_rgb(61, 28, 33),
    caution: Color32::from_rgb(235, 182, 84),
    caution_surface: Color32::from_rgb(50, 42, 26),
    method: Color32::from_rgb(240, 160, 60),
    selection: Color32::from_rgb(52, 62, 105),
    found: Color32::from_rgb(80, 68, 30),
    found_current: Color32::from_rgb(134, 106, 24),
    keyword: Color32::from_rgb(199, 146, 234),
    string: Color32::from_rgb(151, 214, 137),
    number: Color32::from_rgb(247, 140, 108),
    comment: Color32::from_rgb(112, 120, 140),
    function: Color32::from_rgb(130, 170, 255),
    property: Color32::from_rgb(138, 153, 255),
    constant: Color32::from_rgb(247, 140, 108),
};

const LIGHT: Palette = Palette {
    surface: Color32::from_rgb(255, 255, 255),
    pane: Color32::from_rgb(244, 245, 248),
    raised: Color32::from_rgb(232, 235, 243),
    hover: Color32::from_rgb(238, 240, 246),
    hairline: Color32::from_rgb(220, 224, 232),
    text: Color32::from_rgb(28, 31, 40),
    muted: Color32::from_rgb(92, 99, 116),
    faint: Color32::from_rgb(146, 152, 168),
    accent: Color32::from_rgb(70, 84, 216),
    on_accent: Color32::WHITE,
    good: Color32::from_rgb(10, 122, 80),
    good_surface: Color32::from_rgb(227, 244, 236),
    bad: Color32::from_rgb(196, 38, 44),
    bad_surface: Color32::from_rgb(253, 234, 234),
    caution: Color32::from_rgb(146, 96, 0),
    caution_surface: Color32::from_rgb(254, 244, 217),
    method: Color32::from_rgb(190, 104, 0),
    selection: Color32::from_rgb(204, 213, 255),
    found: Color32::from_rgb(255, 238, 176),
    found_current: Color32::from_rgb(255, 213, 92),
    keyword: Color32::from_rgb(125, 40, 165),
    string: Color32::from_rgb(22, 118, 52),
    number: Color32::from_rgb(182, 74, 20),
    comment: Color32::from_rgb(112, 119, 136),
    function: Color32::from_rgb(40, 86, 190),
    property: Color32::from_rgb(52, 70, 196),
    constant: Color32::from_rgb(182, 74, 20),
};

/// More contrast: for eyes, projectors and sunlight.
const DARK_CONTRAST: Palette = Palette {
    surface: Color32::from_rgb(0, 0, 0),
    pane: Color32::from_rgb(0, 0, 0),
    raised: Color32::from_rgb(38, 42, 58),
    hover: Color32::from_rgb(26, 29, 40),
    hairline: Color32::from_rgb(122, 128, 146),
    text: Color32::WHITE,
    muted: Color32::from_rgb(214, 218, 228),
    faint: Color32::from_rgb(168, 174, 190),
    accent: Color32::from_rgb(168, 178, 255),
    on_accent: Color32::BLACK,
    good: Color32::from_rgb(110, 240, 180),
    bad: Color32::from_rgb(255, 152, 152),
    caution: Color32::from_rgb(255, 212, 112),
    keyword: Color32::from_rgb(222, 178, 255),
    string: Color32::from_rgb(176, 240, 160),
    number: Color32::from_rgb(255, 170, 140),
    comment: Color32::from_rgb(186, 192, 206),
    function: Color32::from_rgb(164, 196, 255),
    property: Color32::from_rgb(180, 190, 255),
    constant: Color32::from_rgb(255, 170, 140),
    ..DARK
};

const LIGHT_CONTRAST: Palette = Palette {
    pane: Color32::WHITE,
    raised: Color32::from_rgb(216, 222, 238),
    hairline: Color32::from_rgb(104, 110, 124),
    text: Color32::BLACK,
    muted: Color32::from_rgb(52, 57, 70),
    faint: Color32::from_rgb(88, 94, 108),
    accent: Color32::from_rgb(36, 48, 170),
    good: Color32::from_rgb(0, 86, 54),
    bad: Color32::from_rgb(150, 12, 20),
    caution: Color32::from_rgb(104, 64, 0),
    method: Color32::from_rgb(140, 70, 0),
    keyword: Color32::from_rgb(96, 16, 134),
    string: Color32::from_rgb(0, 84, 32),
    number: Color32::from_rgb(140, 48, 0),
    comment: Color32::from_rgb(74, 80, 94),
    function: Color32::from_rgb(16, 54, 140),
    property: Color32::from_rgb(28, 42, 150),
    constant: Color32::from_rgb(140, 48, 0),
    ..LIGHT
};

const PALETTES: [[&Palette; 2]; 2] = [[&DARK, &LIGHT], [&DARK_CONTRAST, &LIGHT_CONTRAST]];

/// The palette of the theme the context shows.
pub fn palette(ctx: &egui::Context) -> &'static Palette {
    let contrast = ctx
        .data(|data| data.get_temp(contrast_id()))
        .unwrap_or(false);
    PALETTES[usize::from(contrast)][usize::from(ctx.theme() == Theme::Light)]
}

fn contrast_id() -> egui::Id {
    egui::Id::unique("high contrast")
}

/// Shows the colours with more contrast, or those with less again.
pub fn set_contrast(ctx: &egui::Context, on: bool) {
    let was = ctx
        .data(|data| data.get_temp(contrast_id()))
        .unwrap_or(false);
    if was != on {
        ctx.data_mut(|data| data.insert_temp(contrast_id(), on));
        let [dark, light] = PALETTES[usize::from(on)];
        for (theme, palette) in [(Theme::Dark, dark), (Theme::Light, light)] {
            ctx.style_mut_of(theme, |style| style.visuals = visuals(theme, palette));
        }
        ctx.request_repaint();
    }
}

/// The two colours of the program's icon.
pub struct IconColors {
    pub plate: Color32,
    pub ink: Color32,
}

/// The icon's colours; the same under both themes, for the system shows it on its own ground.
pub fn icon_colors() -> IconColors {
    IconColors {
        plate: LIGHT.accent,
        ink: Color32::WHITE,
    }
}

/// The family of headings and of what is stressed.
pub fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Bold text of `size` points.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, bold_family())
}

/// The code face at `size` points.
pub fn mono(size: f32) -> FontId {
    FontId::monospace(size)
}

/// Puts a font before the built-in one of the code, which writes what it lacks; `None` takes it away again.
pub fn set_code_font(ctx: &egui::Context, font: Option<&CodeFont>) {
    ctx.set_fonts(fonts(font));
}

fn fonts(code: Option<&CodeFont>) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [
        ("noto-sans", notosans::REGULAR_TTF),
        ("noto-sans-bold", notosans::BOLD_TTF),
    ] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let with = |first: &str| {
        let mut faces = vec![first.to_owned()];
        faces.extend(fallback.iter().cloned());
        faces
    };
    fonts
        .families
        .insert(FontFamily::Proportional, with("noto-sans"));
    fonts.families.insert(bold_family(), with("noto-sans-bold"));
    if let Some(faces) = fonts.families.get_mut(&FontFamily::Monospace) {
        // Letters the code face lacks (Greek is there, Vietnamese is not) come from the text face.
        faces.push("noto-sans".to_owned());
        if let Some(font) = code {
            faces.insert(0, CODE_FONT.to_owned());
            let data = FontData::from_blob(font.bytes.clone(), font.index);
            fonts.font_data.insert(CODE_FONT.to_owned(), Arc::new(data));
        }
    }
    fonts
}

/// What egui calls the font that was chosen for the code.
const CODE_FONT: &str = "code";

/// Installs fonts, both themes' colours and the spacing. Call once per context.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts(None));

    for (theme, palette) in [(Theme::Dark, &DARK), (Theme::Light, &LIGHT)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(theme, palette);
            style.text_styles = [
                (egui::TextStyle::Small, FontId::proportional(SMALL)),
                (egui::TextStyle::Body, FontId::proportional(BODY)),
                (egui::TextStyle::Button, FontId::proportional(BODY)),
                (egui::TextStyle::Heading, bold(TITLE)),
                (egui::TextStyle::Monospace, mono(CODE)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(GAP, 6.0);
            style.spacing.button_padding = egui::vec2(10.0, 5.0);
            style.spacing.menu_margin = Margin::same(6);
            style.spacing.interact_size.y = 26.0;
            style.spacing.scroll = egui::style::ScrollStyle::thin();
            style.interaction.tooltip_delay = 0.35;
        });
    }
}

fn visuals(theme: Theme, p: &Palette) -> Visuals {
    let mut v = match theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    v.override_text_color = Some(p.text);
    v.weak_text_color = Some(p.muted);
    v.panel_fill = p.pane;
    v.window_fill = p.surface;
    v.window_stroke = Stroke::new(1.0, p.hairline);
    v.extreme_bg_color = p.surface;
    v.text_edit_bg_color = Some(p.surface);
    v.faint_bg_color = p.hover;
    v.code_bg_color = p.raised;
    v.hyperlink_color = p.accent;
    v.warn_fg_color = p.caution;
    v.error_fg_color = p.bad;
    v.selection.bg_fill = p.selection;
    v.selection.stroke = Stroke::new(1.0, p.accent);
    let radius = CornerRadius::same(RADIUS);
    v.window_corner_radius = CornerRadius::same(RADIUS + 2);
    v.menu_corner_radius = radius;
    let w = &mut v.widgets;
    for (state, fill, line) in [
        (&mut w.noninteractive, p.pane, p.hairline),
        (&mut w.inactive, p.surface, p.hairline),
        (&mut w.hovered, p.hover, p.faint),
        (&mut w.active, p.raised, p.accent),
        (&mut w.open, p.raised, p.hairline),
    ] {
        // Boxes and rails stand out from the surface under them, buttons do by their line.
        state.bg_fill = if fill == p.surface { p.raised } else { fill };
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::new(1.0, line);
        state.fg_stroke = Stroke::new(1.0, p.text);
        state.corner_radius = radius;
        state.expansion = 0.0;
    }
    v
}

/// The colour of an error, warning or note.
pub fn severity(palette: &Palette, severity: Severity) -> Color32 {
    match severity {
        Severity::Error => palette.bad,
        Severity::Warning => palette.caution,
        Severity::Info => palette.accent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast after WCAG 2.1, 1.4.3.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f32::from(v) / 255.0;
                if v <= 0.03928 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_is_readable_on_every_surface_it_stands_on() {
        for p in PALETTES.into_iter().flatten() {
            for (name, ink, ground, least) in [
                ("text on surface", p.text, p.surface, 7.0),
                ("text on pane", p.text, p.pane, 7.0),
                ("text on raised", p.text, p.raised, 7.0),
                ("muted on surface", p.muted, p.surface, 4.5),
                ("muted on pane", p.muted, p.pane, 4.5),
                ("accent on surface", p.accent, p.surface, 4.5),
                ("accent on pane", p.accent, p.pane, 4.5),
                ("on accent", p.on_accent, p.accent, 4.5),
                ("good", p.good, p.good_surface, 4.5),
                ("good on surface", p.good, p.surface, 4.5),
                ("bad", p.bad, p.bad_surface, 4.5),
                ("bad on surface", p.bad, p.surface, 4.5),
                ("caution", p.caution, p.caution_surface, 4.5),
                ("keyword", p.keyword, p.surface, 4.5),
                ("string", p.string, p.surface, 4.5),
                ("number", p.number, p.surface, 4.5),
                ("property", p.property, p.surface, 4.5),
                ("function", p.function, p.surface, 4.5),
                ("comment", p.comment, p.surface, 3.5),
                ("faint", p.faint, p.surface, 2.5),
            ] {
                let got = contrast(ink, ground);
                assert!(got >= least, "{name}: {got:.2} is under {least}");
            }
        }
    }
}
