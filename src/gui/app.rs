//! The application: its state, one frame of it, and what each message from outside changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{self, Context, Ui};
use jiff::Zoned;

use super::assistant::{Assistant, Check};
use super::background::{Background, Message};
use super::commands::Command;
use super::dialogs::{self, Dialog, native::Dialogs};
use super::documents::{DocId, Document};
use super::fonts::Fonts;
use super::logs::{Kind, Logs};
use super::lower::LowerTab;
use super::panes::statusbar::Status;
use super::runs::ResponseView;
use super::saving::PendingClose;
use super::sign_up::{FlowView, StepToShow};
use super::split::Split;
use super::theme;
use crate::runner::supervisor::Supervisor;
use crate::syntax::Place;
use crate::workspace::drafts::Draft;
use crate::workspace::outbox_files::OutboxFiles;
use crate::workspace::settings::{Settings, ThemeChoice};
use crate::workspace::{DataDir, Workspace};

/// How long the text rests before a draft of it is kept.
const DRAFT_AFTER: Duration = Duration::from_millis(400);
/// Frames until a closed dialog no longer keeps the focus from what is under it.
const REFOCUS_AFTER: u8 = 2;
/// The time of a frame that arriving messages may take.
const MOST_PER_FRAME: Duration = Duration::from_millis(5);
/// How long changed settings rest before they are written.
const SETTINGS_AFTER: Duration = Duration::from_millis(800);
/// How much larger everything is in a presentation.
const PRESENTED: f32 = 1.5;

/// What the window needs from its surroundings.
pub struct Services {
    pub data: DataDir,
    /// The program that is started as the worker.
    pub worker: PathBuf,
    pub dialogs: Box<dyn Dialogs>,
    /// A file or folder to open at once.
    pub open: Option<PathBuf>,
}

/// The whole window.
pub struct HookbenchApp {
    pub(super) background: Background,
    pub(super) assistant: Assistant,
    pub(super) fonts: Fonts,
    pub(super) supervisor: Arc<Supervisor>,
    pub(super) dialogs: Box<dyn Dialogs>,
    pub(super) settings: Settings,
    settings_written: Settings,
    settings_changed: Option<Instant>,
    pub(super) workspace: Option<Workspace>,
    pub(super) documents: Vec<Document>,
    pub(super) current: Option<DocId>,
    pub(super) next_id: u64,
    pub(super) logs: Logs,
    pub(super) view: ResponseView,
    pub(super) dialog: Option<Dialog>,
    pub(super) flow: Option<FlowView>,
    pub(super) step_to_show: StepToShow,
    pub(super) status: Option<Status>,
    pub(super) drafts: Vec<Draft>,
    /// True once the user has agreed to close.
    pub(super) closing: bool,
    pub(super) pending_close: Option<PendingClose>,
    /// The code pane in two halves.
    pub(super) split: Option<Split>,
    /// Where the cursor goes in a file that is being opened.
    pub(super) place_to_show: Option<(PathBuf, Place)>,
    /// Where the last new hook went.
    pub(super) new_hook_folder: Option<PathBuf>,
    /// Whether the log panel has said that the engine is there.
    pub(super) connected: bool,
    /// True while the folder is being read again.
    pub(super) rescanning: bool,
    /// Frames until the pane that was left for a dialog gets the focus back.
    refocus: u8,
    /// Whether the narrow window shows the list of hooks all the same.
    pub(super) sidebar_forced: bool,
    pub(super) logs_forced: bool,
    pub(super) lower: LowerTab,
    pub(super) outbox_files: OutboxFiles,
    pub(super) narrow: bool,
    pub(super) low: bool,
    /// Whether the code, Run and the outcome have the screen to themselves.
    pub(super) presenting: bool,
    title: String,
    /// What the window's own code died of, if it did.
    pub(super) fault: Option<String>,
}

impl HookbenchApp {
    /// A window over `services`, with fonts and colours installed in `ctx`.
    pub fn new(ctx: &Context, services: Services) -> Self {
        theme::install(ctx);
        let (settings, problem) = Settings::load(&services.data);
        let background = Background::start(ctx, &services.data);
        // Grammars take longer to load than a window to open.
        super::editor::warm_up();
        let supervisor = Arc::new(Supervisor::new(services.worker));
        supervisor.warm();
        let mut app = Self {
            assistant: Assistant::start(background.mailbox()),
            background,
            fonts: Fonts::default(),
            supervisor,
            dialogs: services.dialogs,
            settings_written: settings.clone(),
            settings_changed: None,
            settings,
            workspace: None,
            documents: Vec::new(),
            current: None,
            next_id: 1,
            logs: Logs::default(),
            view: ResponseView::default(),
            dialog: None,
            flow: None,
            step_to_show: None,
            status: problem.map(|text| Status {
                text,
                bad: true,
                lasting: true,
            }),
            drafts: Vec::new(),
            closing: false,
            pending_close: None,
            split: None,
            place_to_show: None,
            new_hook_folder: None,
            connected: false,
            rescanning: false,
            refocus: 0,
            sidebar_forced: false,
            logs_forced: false,
            lower: LowerTab::default(),
            outbox_files: OutboxFiles::new(&services.data),
            narrow: false,
            low: false,
            presenting: false,
            title: String::new(),
            fault: None,
        };
        app.install_keys(ctx);
        app.apply_appearance(ctx);
        app.apply_font(ctx);
        app.background.submit(|stores| match stores.drafts.list() {
            Ok(drafts) => Some(Message::Drafts(drafts)),
            Err(error) => Some(Message::Failed(error.to_string())),
        });
        if let Some(path) = services.open {
            app.open_path(&path);
        }
        app
    }

    /// The current hook.
    pub(super) fn doc(&mut self) -> Option<&mut Document> {
        let current = self.current?;
        self.document(current)
    }

    pub(super) fn document(&mut self, id: DocId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|doc| doc.id == id)
    }

    /// Tells something in the status bar.
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            bad: false,
            lasting: false,
        });
    }

    /// Tells of a failure in the status bar.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.status = Some(Status {
            text: text.into(),
            bad: true,
            lasting: false,
        });
    }

    fn install_keys(&mut self, ctx: &Context) {
        if let Some(text) = super::keymap::install(ctx, &self.settings.shortcuts) {
            self.status = Some(Status {
                text,
                bad: true,
                lasting: true,
            });
        }
    }

    fn apply_appearance(&self, ctx: &Context) {
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
        let larger = if self.presenting { PRESENTED } else { 1.0 };
        let zoom = (self.settings.zoom * larger).clamp(0.5, 3.0);
        theme::set_contrast(ctx, self.settings.high_contrast);
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
    }

    /// Everything that happens without a frame: messages, drafts, settings.
    pub fn logic(&mut self, ctx: &Context) {
        self.guarded(|app| app.take_in(ctx));
    }

    fn take_in(&mut self, ctx: &Context) {
        let start = Instant::now();
        while let Some(message) = self.background.next_message() {
            self.receive(message, ctx);
            // A hook that prints without end must not keep the window from drawing.
            if start.elapsed() > MOST_PER_FRAME {
                ctx.request_repaint();
                break;
            }
        }
        self.keep_drafts(ctx);
        self.keep_settings(ctx);
        let title = match self.doc() {
            Some(doc) => {
                let star = if doc.is_dirty() { "*" } else { "" };
                format!("{}{star} - Hookbench", doc.name())
            }
            None => "Hookbench".to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Writes drafts of what has rested for a moment, so that a kill costs at most a second of typing, and has it checked.
    fn keep_drafts(&mut self, ctx: &Context) {
        let now = Instant::now();
        let mut next: Option<Duration> = None;
        let (mut jobs, mut checks) = (Vec::new(), Vec::new());
        for doc in &mut self.documents {
            let revision = doc.revision();
            if doc.draft_revision == Some(revision) {
                doc.edited_at = None;
                continue;
            }
            let since = *doc.edited_at.get_or_insert(now);
            let waited = now.saturating_duration_since(since);
            if waited < DRAFT_AFTER {
                let rest = DRAFT_AFTER - waited;
                next = Some(next.map_or(rest, |next| next.min(rest)));
                continue;
            }
            doc.edited_at = None;
            doc.draft_revision = Some(revision);
            jobs.push(Self::draft_job(doc));
            checks.push(Check::of(doc));
        }
        for job in jobs {
            self.background.submit(job);
        }
        for check in checks {
            self.assistant.check(check);
        }
        if let Some(next) = next {
            ctx.request_repaint_after(next);
        }
    }

    /// Remembers the window's size for the next start, except while it fills the screen.
    fn note_size(&mut self, ctx: &Context) {
        let filled = ctx.input(|input| {
            let viewport = input.viewport();
            viewport.maximized.unwrap_or_default()
                || viewport.fullscreen.unwrap_or_default()
                || viewport.minimized.unwrap_or_default()
        });
        if !filled {
            // Points of the window, not of its zoomed content.
            let size = ctx.content_rect().size() * ctx.zoom_factor();
            self.settings.window = Some([size.x.round(), size.y.round()]);
        }
    }

    fn keep_settings(&mut self, ctx: &Context) {
        if self.settings == self.settings_written {
            self.settings_changed = None;
            return;
        }
        let since = *self.settings_changed.get_or_insert_with(Instant::now);
        let waited = since.elapsed();
        if waited < SETTINGS_AFTER {
            ctx.request_repaint_after(SETTINGS_AFTER - waited);
            return;
        }
        self.write_settings();
    }

    pub(super) fn write_settings(&mut self) {
        self.settings_changed = None;
        self.settings_written = self.settings.clone();
        let settings = self.settings.clone();
        self.background
            .submit(move |stores| match settings.save(&stores.data) {
                Ok(()) => None,
                Err(error) => Some(Message::Failed(error.to_string())),
            });
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        self.guarded(|app| app.show_all(ui));
        self.show_fault(ui);
    }

    fn show_all(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.note_size(&ctx);
        self.take_dropped(&ctx);
        self.guard_close(&ctx);
        for command in Command::pressed(&ctx) {
            if self.dialog.is_none()
                || matches!(
                    command,
                    Command::ZoomIn | Command::ZoomOut | Command::ZoomReset
                )
            {
                self.perform(command, &ctx);
            }
        }
        let mut actions = Vec::new();
        self.bars(ui, &mut actions);
        self.side_panes(ui, &mut actions);
        self.middle(ui, &mut actions);
        for action in actions {
            self.act(action, &ctx);
        }
        self.ask_assistant();
        self.show_dialog(&ctx);
        self.install_keys(&ctx);
        self.apply_appearance(&ctx);
        self.apply_font(&ctx);
    }

    /// Who typed before a dialog goes on typing after it.
    fn give_focus_back(&mut self, ctx: &Context) {
        if self.refocus == 0 {
            return;
        }
        self.refocus -= 1;
        ctx.request_repaint();
        if self.refocus == 0
            && self.dialog.is_none()
            && let Some(doc) = self.doc()
        {
            doc.pane().request_focus();
        }
    }

    fn show_dialog(&mut self, ctx: &Context) {
        self.give_focus_back(ctx);
        let Some(mut dialog) = self.dialog.take() else {
            return;
        };
        let ended = match &mut dialog {
            Dialog::NewHook(form) => dialogs::new_hook::show(ctx, form),
            Dialog::Secrets(form) => dialogs::secrets::show(ctx, form),
            Dialog::Settings => {
                self.list_fonts();
                let families = self.fonts.families.as_deref();
                dialogs::settings::show(ctx, &mut self.settings, families)
            }
            Dialog::Differences => dialogs::differences::show(ctx),
            Dialog::Shortcuts(form) => {
                dialogs::shortcuts::show(ctx, form, &mut self.settings.shortcuts)
            }
            Dialog::Close(question) => dialogs::close::show(ctx, question),
            Dialog::Versions(list) => dialogs::versions::show(ctx, list),
            Dialog::Diff(view) => dialogs::diff::show(ctx, view),
            Dialog::Mocks(form) => dialogs::mocks::show(ctx, form),
            Dialog::Tenant(form) => dialogs::tenant::show(ctx, form),
            Dialog::Network(form) => dialogs::network::show(ctx, form),
            Dialog::Matrix(form) => dialogs::matrix::show(ctx, form),
            Dialog::Storage(form) => dialogs::storage::show(ctx, form),
            Dialog::Modules(form) => dialogs::modules::show(ctx, form),
            Dialog::Palette(search) => dialogs::palette::show(ctx, search, self.current.is_some()),
        };
        self.dialog = Some(dialog);
        if let Some(ended) = ended {
            self.dialog_ended(ended, ctx);
            if self.dialog.is_none() {
                self.refocus = REFOCUS_AFTER;
            }
        }
    }

    fn take_dropped(&mut self, ctx: &Context) {
        let dropped: Vec<PathBuf> = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_owned())
                .collect()
        });
        for path in dropped {
            self.open_path(&path);
        }
    }

    fn guard_close(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.closing {
            return;
        }
        if matches!(
            self.dialog,
            Some(
                Dialog::Secrets(_)
                    | Dialog::NewHook(_)
                    | Dialog::Mocks(_)
                    | Dialog::Tenant(_)
                    | Dialog::Network(_)
            )
        ) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.complain(
                "Finish or cancel the open dialog first; closing would lose what it holds.",
            );
            return;
        }
        let names = self.dirty_names();
        if names.is_empty() {
            self.closing = true;
            return;
        }
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        self.dialog = Some(Dialog::Close(dialogs::close::Question { doc: None, names }));
    }

    pub(super) fn dirty_names(&mut self) -> Vec<String> {
        self.documents
            .iter_mut()
            .filter_map(|doc| doc.is_dirty().then(|| doc.name().to_owned()))
            .collect()
    }

    /// Notes a line in the log panel.
    pub(super) fn log(&mut self, kind: Kind, text: &str) {
        self.logs.push(&Zoned::now(), kind, text, None);
    }

    /// Ends workers and lets the last files be written; call once, at the end.
    pub fn shut_down(&mut self) {
        for doc in &mut self.documents {
            if let Some(handle) = doc.run.as_mut().and_then(|run| run.handle.take()) {
                handle.stop();
            }
        }
        self.stop_flow();
        // What was edited since the last look is kept; drafts of what is saved go.
        let jobs: Vec<_> = self
            .documents
            .iter_mut()
            .filter(|doc| doc.draft_revision != Some(doc.revision()))
            .map(Self::draft_job)
            .collect();
        for job in jobs {
            self.background.submit(job);
        }
        if self.settings != self.settings_written {
            self.write_settings();
        }
        self.background.finish(Duration::from_secs(5));
    }
}

/// The last part of a path, for breadcrumbs.
pub(super) fn folder_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

impl eframe::App for HookbenchApp {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.guarded(Self::shut_down);
    }
}
