//! The native window around the application: its size, its icon, and how it starts.

use std::path::PathBuf;

use anyhow::Context as _;
use eframe::egui;

use super::app::{HookbenchApp, Services};
use super::dialogs::native::SystemDialogs;
use crate::workspace::DataDir;
use crate::workspace::settings::Settings;

/// The size of a first window, in points.
const SIZE: [f32; 2] = [1280.0, 800.0];
const LEAST: [f32; 2] = [720.0, 480.0];
/// The icon is drawn at this many pixels a side and scaled by the system.
const ICON: u32 = 64;

/// Opens the window over `path`, a file or a folder, and returns when it is closed.
///
/// # Errors
/// The data folder cannot be found, or the system gives no window or no OpenGL.
pub fn run(path: Option<PathBuf>) -> anyhow::Result<()> {
    let data = DataDir::of_user()?;
    let worker = std::env::current_exe()
        .context("Hookbench cannot find its own program file, which it starts for every run.")?;
    // Read here only for the size of the window; the application reads them for itself.
    let (settings, _) = Settings::load(&data);
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Hookbench")
            .with_app_id("hookbench")
            .with_inner_size(settings.window.unwrap_or(SIZE))
            .with_min_inner_size(LEAST)
            .with_icon(icon())
            .with_drag_and_drop(true),
        // The size is kept among the settings, beside everything else.
        persist_window: false,
        ..Default::default()
    };
    eframe::run_native(
        "hookbench",
        options,
        Box::new(|cc| {
            Ok(Box::new(HookbenchApp::new(
                &cc.egui_ctx,
                Services {
                    data,
                    worker,
                    dialogs: Box::new(SystemDialogs),
                    open: path,
                },
            )))
        }),
    )
    .map_err(|error| {
        // What stands before the last part is the place in a library's source.
        let text = error.to_string();
        let said = text.rsplit(": ").next().unwrap_or(&text);
        anyhow::anyhow!("The window could not be opened: {said}. Check that the display answers and has OpenGL 2.1 or later; `hookbench run` works without a window.")
    })
}

/// A hook on the accent colour, from geometry: a stem, a bend, a point.
fn icon() -> egui::IconData {
    let p = super::theme::icon_colors();
    let side = ICON as f32;
    let mut rgba = Vec::with_capacity((ICON * ICON * 4) as usize);
    for y in 0..ICON {
        for x in 0..ICON {
            let at = egui::vec2((x as f32 + 0.5) / side, (y as f32 + 0.5) / side);
            let ink = coverage(hook_distance(at) * side);
            let plate = coverage(plate_distance(at) * side);
            let color = p.plate.lerp_to_gamma(p.ink, ink).gamma_multiply(plate);
            rgba.extend_from_slice(&color.to_srgba_unmultiplied());
        }
    }
    egui::IconData {
        rgba,
        width: ICON,
        height: ICON,
    }
}

/// One inside, zero outside, a pixel wide in between.
fn coverage(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

/// Signed distance to the rounded plate.
fn plate_distance(at: egui::Vec2) -> f32 {
    let radius = 0.2;
    let outside = (at - egui::vec2(0.5, 0.5)).abs() - egui::Vec2::splat(0.48 - radius);
    outside.max(egui::Vec2::ZERO).length() + outside.x.max(outside.y).min(0.0) - radius
}

/// Signed distance to the hook: a vertical stem that bends round to the left.
fn hook_distance(at: egui::Vec2) -> f32 {
    let thickness = 0.065;
    let stem = segment(at, egui::vec2(0.62, 0.2), egui::vec2(0.62, 0.6));
    let barb = segment(at, egui::vec2(0.3, 0.6), egui::vec2(0.3, 0.5));
    let middle = egui::vec2(0.46, 0.6);
    let bend = if at.y >= middle.y {
        ((at - middle).length() - 0.16).abs()
    } else {
        f32::INFINITY
    };
    stem.min(barb).min(bend) - thickness
}

fn segment(at: egui::Vec2, from: egui::Vec2, to: egui::Vec2) -> f32 {
    let (along, line) = (at - from, to - from);
    let t = (along.dot(line) / line.length_sq()).clamp(0.0, 1.0);
    (along - line * t).length()
}
