//! What commands, panes and dialogs ask for, carried out: the one place where an intent changes the state.

use eframe::egui::{Context, ViewportCommand};

use super::app::HookbenchApp;
use super::background::{Message, Purpose};
use super::commands::Command;
use super::dialogs::native::{Ask, AskKind};
use super::dialogs::{Dialog, Ended, close, new_hook, palette, secrets, shortcuts};
use super::documents::{Banner, PaneId};
use super::lower::LowerTab;
use super::outbox::curl;
use super::panes::{self, Action};
use super::runs::pretty;
use crate::auth0::gallery::GALLERY;

const ZOOM_STEP: f32 = 0.1;
const ZOOM_RANGE: std::ops::RangeInclusive<f32> = 0.5..=3.0;
const SCRIPTS: (&str, &[&str]) = ("JavaScript", &["js", "cjs", "mjs"]);

impl HookbenchApp {
    /// Carries a command out, whatever it was asked through.
    pub(super) fn perform(&mut self, command: Command, ctx: &Context) {
        let steers_flow = self.flow_shown() && matches!(command, Command::Run | Command::Stop);
        if panes::topbar::needs_hook(command) && self.current.is_none() && !steers_flow {
            return;
        }
        if self.presenting && asks_for_hidden(command) {
            self.present(ctx);
        }
        match command {
            Command::NewHook => {
                let folder = self.home_folder();
                self.dialog = Some(Dialog::NewHook(new_hook::Form::new(folder)));
            }
            Command::OpenFile => self.ask(Ask {
                purpose: Purpose::OpenFile,
                kind: AskKind::OpenFile,
                title: "Open a hook",
                folder: self.near(),
                file_name: None,
                filter: Some(SCRIPTS),
            }),
            Command::OpenFolder => self.ask(Ask {
                purpose: Purpose::OpenFolder,
                kind: AskKind::OpenFolder,
                title: "Open a folder of hooks",
                folder: self.near(),
                file_name: None,
                filter: None,
            }),
            Command::Save => {
                if let Some(id) = self.current {
                    self.save(id);
                }
            }
            Command::SaveAs => self.ask_save_as(),
            Command::CloseHook => self.close_current(),
            Command::Run if self.flow_shown() => self.run_sign_up(),
            Command::Run => self.run(),
            Command::RunSignUp => self.run_sign_up(),
            Command::Stop if self.flow_shown() => self.stop_flow(),
            Command::Stop => self.stop(),
            Command::ResetTestData => {
                if let Some(doc) = self.doc() {
                    let text = super::body::default_text(doc.point, doc.kind);
                    doc.body.set_text(text);
                    self.tell(
                        "The test data is the default again; Undo in each pane brings yours back.",
                    );
                }
            }
            Command::Secrets => {
                if let Some(doc) = self.doc() {
                    let form = secrets::Form::new(doc.id, doc.name(), &doc.secrets);
                    self.dialog = Some(Dialog::Secrets(form));
                }
            }
            Command::Mocks => self.edit_mocks(None),
            Command::Tenant => self.edit_tenant(),
            Command::AllowedHosts => self.edit_network(),
            Command::ToggleCalls => self.show_lower(LowerTab::Http),
            Command::ToggleProblems => self.show_lower(LowerTab::Problems),
            Command::Matrix => self.open_matrix(),
            Command::Storage => self.open_storage(),
            Command::Modules => self.open_modules(),
            Command::Versions => self.list_versions(),
            Command::CompareSaved => self.compare_saved(),
            Command::CompareResponses => self.compare_responses(),
            Command::SplitCode => self.toggle_split(),
            Command::OtherHalf => self.go_to_other_half(),
            Command::NextTab => self.step_tab(1),
            Command::PreviousTab => self.step_tab(-1),
            Command::Present => self.present(ctx),
            Command::Settings => self.dialog = Some(Dialog::Settings),
            Command::Differences => self.dialog = Some(Dialog::Differences),
            Command::Shortcuts => self.dialog = Some(Dialog::Shortcuts(shortcuts::Form::default())),
            Command::Palette => {
                self.open_palette(palette::Search::commands());
            }
            Command::GoToLine => self.open_palette(palette::Search::line()),
            Command::GoToSymbol => self.open_palette(palette::Search::symbol()),
            Command::ToggleSidebar => {
                if self.narrow && self.settings.panes.sidebar_shown {
                    self.sidebar_forced = !self.sidebar_forced;
                } else {
                    flip(&mut self.settings.panes.sidebar_shown);
                    self.sidebar_forced = self.settings.panes.sidebar_shown;
                }
            }
            Command::ToggleRunner => flip(&mut self.settings.panes.runner_shown),
            Command::ToggleLogs => {
                if self.low && self.settings.panes.logs_shown {
                    self.logs_forced = !self.logs_forced;
                } else {
                    flip(&mut self.settings.panes.logs_shown);
                    self.logs_forced = self.settings.panes.logs_shown;
                }
            }
            Command::ClearLogs => self.logs.clear(),
            Command::SaveLogs => self.ask(Ask {
                purpose: Purpose::SaveLogs,
                kind: AskKind::SaveFile,
                title: "Save the logs",
                folder: self.near(),
                file_name: Some("hookbench-logs.txt".to_owned()),
                filter: None,
            }),
            Command::ClearHistory => self.clear_history(),
            Command::WrapLines => flip(&mut self.settings.wrap_lines),
            Command::ZoomIn => self.zoom_to(self.settings.zoom + ZOOM_STEP),
            Command::ZoomOut => self.zoom_to(self.settings.zoom - ZOOM_STEP),
            Command::ZoomReset => self.zoom_to(1.0),
            Command::FocusCode => self.focus(PaneId::Code),
            Command::FocusRunner => {
                self.settings.panes.runner_shown = true;
                let whole = self.doc().is_some_and(|doc| doc.body.whole_shown);
                self.focus(if whole {
                    PaneId::WholeBody
                } else {
                    PaneId::Parameter(0)
                });
            }
            Command::NextPane => {
                if let Some(doc) = self.doc() {
                    doc.focus_next();
                }
            }
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            // All others are the editor's.
            _ => self.in_pane(command),
        }
        ctx.request_repaint();
    }

    /// Carries out what a pane asked for.
    pub(super) fn act(&mut self, action: Action, ctx: &Context) {
        match action {
            Action::Do(command) => self.perform(command, ctx),
            Action::Open(entry) => {
                self.hide_flow();
                self.open_entry(entry);
            }
            Action::OpenPath(path) => self.open_path(&path),
            Action::Show(id) => {
                self.current = Some(id);
                self.hide_flow();
            }
            Action::ShowInHalf { right, id } => self.show_in_half(right, id),
            Action::CloseHalf { right } => self.close_half(right),
            Action::Gallery(id) => {
                if let Some(item) = GALLERY.iter().find(|item| item.id == id) {
                    let form = new_hook::Form::of_example(self.home_folder(), item);
                    self.dialog = Some(Dialog::NewHook(form));
                }
            }
            Action::SetPoint(point) => self.set_point(point),
            Action::GoTo { line, column } => {
                if let Some(doc) = self.doc() {
                    doc.code.goto(line, column);
                    doc.focus(PaneId::Code);
                }
            }
            Action::Repair { line, column } => {
                self.act(Action::GoTo { line, column }, ctx);
                self.perform(Command::QuickFix, ctx);
            }
            Action::GoToBody(problem) => {
                if self.presenting {
                    self.present(ctx);
                }
                if let Some(doc) = self.doc() {
                    doc.body.go_to(&problem, ctx);
                }
            }
            Action::ShowWholeBody(whole) => {
                if let Some(doc) = self.doc()
                    && let Err(problem) = doc.body.show_whole(whole)
                {
                    doc.banner = Some(Banner::Body(problem));
                }
            }
            Action::ShowRun(index) => self.show_run(index),
            Action::RestoreRun(index) => self.restore_run(index),
            Action::SaveResponse => self.ask(Ask {
                purpose: Purpose::SaveResponse,
                kind: AskKind::SaveFile,
                title: "Save the response",
                folder: self.near(),
                file_name: Some("response.json".to_owned()),
                filter: Some(("JSON", &["json"])),
            }),
            Action::CopyResponse => {
                if let Some(text) = self.response_text() {
                    ctx.copy_text(text);
                    self.tell("Copied the response.");
                }
            }
            Action::DismissBanner => {
                if let Some(doc) = self.doc() {
                    doc.banner = None;
                }
            }
            Action::ReloadFromDisk => self.take_disk(),
            Action::KeepMine => self.keep_mine(),
            Action::ForgetRecent(path) => self.settings.forget_recent(&path),
            Action::RecoverDrafts => self.recover_drafts(),
            Action::DiscardDrafts => self.discard_drafts(),
            Action::ShowFlow => self.show_flow(),
            Action::HideFlow => self.hide_flow(),
            Action::StopFlow => self.stop_flow(),
            Action::OpenStep(index) => self.open_step(index),
            Action::CloseTab(id) => {
                if self.split.is_some_and(|split| split.other == id) && self.current != Some(id) {
                    self.take_other_half();
                    self.close_current();
                    return;
                }
                let current = self.current;
                self.current = Some(id);
                self.close_current();
                // A question about another hook shows that hook; without one nothing moves.
                if self.dialog.is_none()
                    && let Some(current) = current.filter(|current| *current != id)
                {
                    self.current = Some(current);
                }
            }
            Action::DismissRunNote => self.settings.run_note_shown = false,
            Action::AnswerCall(id) => self.edit_mocks(Some(id)),
            Action::CopyCurl(id) => {
                let call = self.doc().and_then(|doc| {
                    let run = doc.run.as_ref()?;
                    run.calls.iter().find(|call| call.id == id).map(curl)
                });
                if let Some(text) = call {
                    ctx.copy_text(text);
                    self.tell("Copied the call as a curl command.");
                }
            }
        }
        ctx.request_repaint();
    }

    /// Carries out how a dialog ended.
    pub(super) fn dialog_ended(&mut self, ended: Ended, ctx: &Context) {
        match ended {
            Ended::Cancelled => {
                self.dialog = None;
                self.pending_close = None;
            }
            Ended::Perform(command) => {
                self.dialog = None;
                self.perform(command, ctx);
            }
            Ended::GoTo { line, column } => {
                self.dialog = None;
                self.act(Action::GoTo { line, column }, ctx);
            }
            Ended::Create(order) => self.create(order),
            Ended::ChooseFolder => self.ask(Ask {
                purpose: Purpose::NewHookFolder,
                kind: AskKind::OpenFolder,
                title: "The folder for the new hook",
                folder: self.near(),
                file_name: None,
                filter: None,
            }),
            Ended::KeepSecrets(order) => {
                self.dialog = None;
                self.keep_secrets(order);
            }
            Ended::ChooseSecretsFile => {
                if let Some(id) = self.current {
                    self.ask(Ask {
                        purpose: Purpose::SecretsFile(id),
                        kind: AskKind::OpenFile,
                        title: "Choose a .env file",
                        folder: self.near(),
                        file_name: None,
                        filter: None,
                    });
                }
            }
            Ended::KeepMocks(order) => {
                self.dialog = None;
                self.keep_mocks(order.doc, order.mocks);
            }
            Ended::ChooseMocksFile => self.ask_mocks_file(false),
            Ended::SaveMocksFile => self.ask_mocks_file(true),
            Ended::KeepTenant(order) => {
                self.dialog = None;
                self.keep_tenant(order.doc, order.text, order.on);
            }
            Ended::KeepNetwork(order) => {
                self.dialog = None;
                self.settings.allowed_hosts = order.hosts;
                self.settings.proxy = order.proxy;
            }
            Ended::BringBack(doc, id) => {
                self.dialog = None;
                self.bring_back(doc, id);
            }
            Ended::CompareVersion(doc, id) => {
                self.dialog = None;
                self.compare_version(doc, id);
            }
            Ended::RunMatrix(order) => self.run_matrix(&order),
            Ended::StopMatrix => self.stop_matrix(),
            Ended::Modules(doc, order) => self.modules_order(doc, order),
            Ended::KeepStorage(doc, text) => {
                self.dialog = None;
                self.keep_storage(doc, text);
                self.tell("Kept what the hook finds in context.webtask.storage.");
            }
            Ended::SaveAllAndClose => self.save_and_close(ctx),
            Ended::DiscardAndClose => self.discard_and_close(ctx),
        }
        ctx.request_repaint();
    }

    fn open_palette(&mut self, search: palette::Search) {
        let symbols = self
            .doc()
            .map(|doc| doc.symbols.clone())
            .unwrap_or_default();
        self.dialog = Some(Dialog::Palette(search.among(symbols)));
    }

    /// Shows the hook so many tabs on, around the end.
    fn step_tab(&mut self, by: isize) {
        let count = isize::try_from(self.documents.len()).unwrap_or(0);
        let at = self
            .documents
            .iter()
            .position(|doc| Some(doc.id) == self.current);
        let at = at.and_then(|at| isize::try_from(at).ok()).unwrap_or(0);
        if count > 1 {
            let next = (at + by).rem_euclid(count).unsigned_abs();
            self.current = self.documents.get(next).map(|doc| doc.id);
            self.hide_flow();
            if let Some(doc) = self.doc() {
                doc.pane().request_focus();
            }
        }
    }

    /// Begins or ends the presentation: the code, Run and what comes of it, in large type on the whole screen.
    fn present(&mut self, ctx: &Context) {
        self.presenting = !self.presenting;
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.presenting));
        // The half with the cursor stands alone now, or beside the other one again.
        if self.split.is_some()
            && let Some(doc) = self.doc()
        {
            doc.pane().request_focus();
        }
    }

    /// Opens a native dialog.
    pub(super) fn ask(&self, ask: Ask) {
        self.dialogs.ask(ask, self.background.mailbox());
    }

    fn ask_save_as(&mut self) {
        let Some(doc) = self.doc() else { return };
        let ask = Ask {
            purpose: Purpose::SaveAs(doc.id),
            kind: AskKind::SaveFile,
            title: "Save the hook as",
            folder: doc.path().parent().map(std::path::Path::to_owned),
            file_name: Some(doc.file_name()),
            filter: Some(SCRIPTS),
        };
        self.ask(ask);
    }

    fn close_current(&mut self) {
        let Some(doc) = self.doc() else { return };
        let id = doc.id;
        if doc.is_dirty() {
            let names = vec![doc.name().to_owned()];
            self.dialog = Some(Dialog::Close(close::Question {
                doc: Some(id),
                names,
            }));
        } else {
            self.close(id);
        }
    }

    fn in_pane(&mut self, command: Command) {
        if let Some(doc) = self.doc() {
            let pane = doc.pane();
            pane.perform(command, false);
            pane.request_focus();
        }
    }

    /// Says why a command of an editor did nothing, where that is not plain to see.
    pub(super) fn say_refused(&mut self, command: Command) {
        self.tell(match command {
            Command::NextProblem | Command::PreviousProblem => {
                "This pane has no errors or warnings."
            }
            Command::SelectNextOccurrence => "This text stands nowhere else.",
            Command::SelectAllOccurrences => "Select a text, or put the cursor on a word.",
            Command::FormatJson | Command::SortKeys => {
                "Put the cursor into a pane with JSON; what is no JSON is marked there."
            }
            Command::QuickFix => {
                "There is nothing to repair on this line; F8 goes to the next problem."
            }
            Command::Rename => {
                "Put the cursor on a variable, parameter or function of the code to rename it."
            }
            _ => return,
        });
    }

    pub(super) fn focus(&mut self, pane: PaneId) {
        if let Some(doc) = self.doc() {
            doc.focus(pane);
        }
    }

    fn zoom_to(&mut self, zoom: f32) {
        let zoom = (zoom * 10.0).round() / 10.0;
        self.settings.zoom = zoom.clamp(*ZOOM_RANGE.start(), *ZOOM_RANGE.end());
        self.tell(format!("{:.0} %", self.settings.zoom * 100.0));
    }

    fn keep_secrets(&mut self, order: secrets::Order) {
        let Some(doc) = self.document(order.doc) else {
            return;
        };
        let path = doc.path().clone();
        doc.secrets.clone_from(&order.secrets);
        let count = order.secrets.len();
        self.background.submit(move |stores| {
            Some(match stores.secrets.set(&path, &order.secrets) {
                Ok(()) if stores.secrets.warning().is_some() => {
                    Message::Failed(stores.secrets.warning().unwrap_or_default())
                }
                Ok(()) if count == 1 => Message::Notice("Kept 1 secret.".to_owned()),
                Ok(()) => Message::Notice(format!("Kept {count} secrets.")),
                Err(error) => Message::Failed(format!(
                    "{error} The secrets hold until the hook is closed."
                )),
            })
        });
    }

    /// The JSON under the current tab of the response.
    pub(super) fn response_text(&mut self) -> Option<String> {
        let view = self.view;
        if let Some(flow) = self.flow.as_ref().filter(|flow| flow.shown) {
            let report = flow.run.as_ref()?.report.clone()?;
            return Some(pretty(view.of(&report)));
        }
        let report = self.doc()?.run.as_ref()?.report.clone()?;
        Some(pretty(view.of(&report)))
    }
}

/// Whether a command is about panes that a presentation does not show: it ends with it.
fn asks_for_hidden(command: Command) -> bool {
    matches!(
        command,
        Command::FocusRunner
            | Command::SplitCode
            | Command::OtherHalf
            | Command::NextPane
            | Command::ResetTestData
            | Command::ToggleRunner
            | Command::ToggleLogs
            | Command::ToggleCalls
            | Command::ToggleProblems
            | Command::ToggleSidebar
    )
}

fn flip(shown: &mut bool) {
    *shown = !*shown;
}
