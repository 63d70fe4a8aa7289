//! Finds and reads the modules a run asks for, on the parent's side: the worker opens no file.
//!
//! Resolution is Node's (oxc_resolver); what leads out of the run's own folders is refused, links included.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use oxc_resolver::{ModuleType, ResolveError, ResolveOptions, Resolver};

use crate::engine::outside::{ModuleAnswer, ModuleAsk, ModuleFormat};

/// The largest file that is read as a module, in bytes.
const MAX_MODULE_BYTES: u64 = 16 * 1024 * 1024;
/// The most that is remembered of what a run asks for.
const MOST_ASKED: usize = 1_000;
/// How far above the script its workspace is looked for.
const WORKSPACE_LEVELS: usize = 3;
/// What marks a folder as a workspace: a project of npm, or the layout of Auth0's Deploy CLI.
const WORKSPACE_MARKS: [&str; 5] = [
    "package.json",
    "node_modules",
    "hooks",
    "actions",
    "tenant.yaml",
];
/// Where the script lies, as the run sees it.
const SCRIPT_FOLDER: &str = "/data/io";
/// Where the rest of the workspace lies, as the run sees it.
const WORKSPACE_FOLDER: &str = "/data/workspace";

/// Where a run finds modules. Without a folder there are none but those of the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The script's own folder, for files beside it and `node_modules` above it.
    pub script: Option<PathBuf>,
    /// The folder whose `node_modules` answers first, where one is named.
    pub packages: Option<PathBuf>,
}

/// The modules of one run.
pub struct Modules {
    resolver: Resolver,
    /// The same for `import`.
    importer: Resolver,
    script: Option<PathBuf>,
    packages: Option<PathBuf>,
    /// Nothing outside of these is read; canonical.
    roots: Vec<PathBuf>,
    /// Files found so far, by the path the run knows them by.
    known: HashMap<String, PathBuf>,
    /// What was asked for and handed out as code, in its order.
    asked: Vec<ModuleAsk>,
}

impl Modules {
    /// For a run with these folders.
    #[must_use]
    pub fn new(folders: &Folders) -> Self {
        let canonical = |folder: &Option<PathBuf>| fs::canonicalize(folder.as_ref()?).ok();
        let script = canonical(&folders.script);
        let packages = canonical(&folders.packages);
        let mut roots: Vec<PathBuf> = script.as_deref().map(workspace_of).into_iter().collect();
        roots.extend(packages.clone());
        let options = |asks: &str| ResolveOptions {
            condition_names: [asks, "node", "module-sync"].map(Into::into).into(),
            module_type: true,
            ..ResolveOptions::default()
        };
        let resolver = Resolver::new(ResolveOptions {
            extensions: vec![".js".into(), ".json".into(), ".node".into(), ".cjs".into()],
            ..options("require")
        });
        let importer = resolver.clone_with_options(ResolveOptions {
            extensions: vec![".js".into(), ".json".into(), ".node".into()],
            ..options("import")
        });
        Self {
            resolver,
            importer,
            script,
            packages,
            roots,
            known: HashMap::new(),
            asked: Vec::new(),
        }
    }

    /// What was asked for and handed out as code, in its order.
    #[must_use]
    pub fn into_asked(self) -> Vec<ModuleAsk> {
        self.asked
    }

    /// The answer to what a script asks for.
    #[must_use]
    pub fn find(&mut self, ask: &ModuleAsk) -> ModuleAnswer {
        let (specifier, version) = unpinned(&ask.specifier);
        let from = match self.known.get(&ask.from) {
            Some(path) => path.parent().map(Path::to_owned),
            // Only the script itself asks from a path that was never handed out.
            None => self.script.clone(),
        };
        let bare = !specifier.starts_with(['.', '/']);
        // A package in the named folder finds its own way: it may have brought another version of a package along.
        let inside = |root: &PathBuf| {
            from.as_ref()
                .is_some_and(|folder| folder.starts_with(root.join("node_modules")))
        };
        let first = self.packages.clone().filter(|root| bare && !inside(root));
        let mut fault = None;
        for folder in first.into_iter().chain(from) {
            // An import names its file as a whole.
            if ask.import && !bare && !folder.join(specifier).is_file() {
                return missing(
                    "an import names its file with its ending, and there is no such file",
                );
            }
            let resolver = if ask.import {
                &self.importer
            } else {
                &self.resolver
            };
            match resolver.resolve(&folder, specifier) {
                Ok(found) => {
                    let kind = found.module_type();
                    return self.read(found.path(), kind, version, ask);
                }
                Err(error) => fault = Some(error),
            }
        }
        match fault {
            Some(error) => self.explain(&error, specifier),
            None => missing("no folder of modules belongs to this run"),
        }
    }

    fn read(
        &mut self,
        path: &Path,
        kind: Option<ModuleType>,
        version: Option<&str>,
        ask: &ModuleAsk,
    ) -> ModuleAnswer {
        let Ok(path) = fs::canonicalize(path) else {
            return missing("the file it leads to is gone");
        };
        if !self.roots.iter().any(|root| path.starts_with(root)) {
            return ModuleAnswer::Refused {
                code: "ERR_ACCESS_DENIED".to_owned(),
                message: format!(
                    "Access to '{}' is refused: it leads out of the folder of the hook and its node_modules. Copy the file there, or install the package.",
                    ask.specifier
                ),
            };
        }
        let shown = self.shown(&path);
        let format = match path.extension().and_then(|end| end.to_str()) {
            Some("json") => ModuleFormat::Json,
            Some("mjs") => ModuleFormat::Module,
            Some("node") => {
                return ModuleAnswer::Refused {
                    code: "ERR_DLOPEN_FAILED".to_owned(),
                    message: format!(
                        "{shown} is a native addon, which Hookbench cannot run and Auth0 did not load either. Look for a package that is JavaScript alone."
                    ),
                };
            }
            _ if kind == Some(ModuleType::Module) => ModuleFormat::Module,
            _ => ModuleFormat::CommonJs,
        };
        self.known.insert(shown.clone(), path.clone());
        let source = if ask.with_source {
            match text(&path) {
                Ok(text) => Some(text),
                Err(why) => {
                    return ModuleAnswer::Refused {
                        code: "ERR_INVALID_MODULE".to_owned(),
                        message: format!("{shown} could not be read: {why}"),
                    };
                }
            }
        } else {
            None
        };
        if source.is_some() && format != ModuleFormat::Json && self.asked.len() < MOST_ASKED {
            self.asked.push(ask.clone());
        }
        let other_version = version.and_then(|asked| {
            let installed = installed_version(&path)?;
            (installed != asked).then_some(installed)
        });
        ModuleAnswer::Found {
            path: shown,
            format,
            source,
            other_version,
        }
    }

    /// The path the run knows a file by: nothing of the machine's folders shows.
    fn shown(&self, path: &Path) -> String {
        let under = |root: &Option<PathBuf>| {
            let rest = path.strip_prefix(root.as_ref()?).ok()?;
            Some(rest.to_string_lossy().replace('\\', "/"))
        };
        if let Some(rest) = under(&self.script).or_else(|| under(&self.packages)) {
            return format!("{SCRIPT_FOLDER}/{rest}");
        }
        let root = self
            .roots
            .iter()
            .find_map(|root| path.strip_prefix(root).ok());
        let rest = root.unwrap_or(path).to_string_lossy().replace('\\', "/");
        format!("{WORKSPACE_FOLDER}/{rest}")
    }

    fn explain(&self, error: &ResolveError, specifier: &str) -> ModuleAnswer {
        match error {
            ResolveError::PackagePathNotExported { subpath, .. } => ModuleAnswer::Refused {
                code: "ERR_PACKAGE_PATH_NOT_EXPORTED".to_owned(),
                message: format!(
                    "Package subpath '{subpath}' is not defined by \"exports\" in the package.json of '{specifier}'"
                ),
            },
            ResolveError::Json(fault) => ModuleAnswer::Refused {
                code: "ERR_INVALID_PACKAGE_CONFIG".to_owned(),
                message: format!(
                    "Invalid package config {}: {}",
                    self.shown(&fault.path),
                    fault.message
                ),
            },
            _ if specifier.starts_with(['.', '/']) => {
                missing("there is no such file beside the one that asks for it")
            }
            _ => {
                let name = package_name(specifier);
                missing(&format!(
                    "the package is not installed. Run `npm install {name}` in the folder of the hook, or name the folder that has it with --modules"
                ))
            }
        }
    }
}

fn missing(why: &str) -> ModuleAnswer {
    ModuleAnswer::Missing {
        message: why.to_owned(),
    }
}

/// Whether the script of these folders would find a module.
#[must_use]
pub fn has(folders: &Folders, specifier: &str) -> bool {
    let ask = ModuleAsk {
        from: String::new(),
        specifier: specifier.to_owned(),
        with_source: false,
        import: false,
    };
    matches!(Modules::new(folders).find(&ask), ModuleAnswer::Found { .. })
}

/// The version of a package that the script of these folders would find; `None` where it would find none.
#[must_use]
pub fn installed(folders: &Folders, package: &str) -> Option<Option<String>> {
    let script = fs::canonicalize(folders.script.as_ref()?).ok()?;
    let root = workspace_of(&script);
    let above = script
        .ancestors()
        .take_while(|folder| folder.starts_with(&root));
    let mut places = folders.packages.iter().map(PathBuf::as_path).chain(above);
    places.find_map(|folder| {
        let config = folder
            .join("node_modules")
            .join(package)
            .join("package.json");
        let config: serde_json::Value = serde_json::from_str(&text(&config).ok()?).ok()?;
        Some(
            config
                .get("version")
                .and_then(|version| version.as_str())
                .map(str::to_owned),
        )
    })
}

/// What a script of these folders may require besides Node's own: packages by name, files beside it as `./name`.
#[must_use]
pub fn nearby(folders: &Folders) -> Vec<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .take(MOST_LISTED)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        names
    };
    let Some(script) = folders
        .script
        .as_ref()
        .and_then(|folder| fs::canonicalize(folder).ok())
    else {
        return Vec::new();
    };
    let root = workspace_of(&script);
    let above = script
        .ancestors()
        .take_while(|folder| folder.starts_with(&root));
    let mut found = Vec::new();
    for folder in folders.packages.iter().map(PathBuf::as_path).chain(above) {
        let packages = folder.join("node_modules");
        for name in names(&packages) {
            if name.starts_with('@') {
                let scoped = names(&packages.join(&name));
                found.extend(scoped.into_iter().map(|inner| format!("{name}/{inner}")));
            } else {
                found.push(name);
            }
        }
    }
    for name in names(&script) {
        if let Some(stem) = name.strip_suffix(".js") {
            found.push(format!("./{stem}"));
        } else if name.ends_with(".json") {
            found.push(format!("./{name}"));
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found
}

/// The most files of a folder that are listed.
const MOST_LISTED: usize = 2_000;

/// The folder into which packages for a script are installed: its workspace, else its own.
#[must_use]
pub fn install_folder(script_folder: &Path) -> PathBuf {
    workspace_of(script_folder)
}

/// The folder that the script's local files may lie in: its workspace, else its own folder.
fn workspace_of(script: &Path) -> PathBuf {
    script
        .ancestors()
        .take(WORKSPACE_LEVELS)
        .filter(|folder| folder.parent().is_some())
        .find(|folder| {
            WORKSPACE_MARKS
                .iter()
                .any(|mark| folder.join(mark).exists())
        })
        .unwrap_or(script)
        .to_owned()
}

/// `x@1.2.3` as the older platform read it: the package, and the version asked for.
fn unpinned(specifier: &str) -> (&str, Option<&str>) {
    match specifier.char_indices().skip(1).find(|(_, c)| *c == '@') {
        Some((at, _)) if !specifier.starts_with(['.', '/']) => {
            let (name, version) = specifier.split_at(at);
            (name, version.strip_prefix('@'))
        }
        _ => (specifier, None),
    }
}

/// The package a specifier names, without the path inside it.
fn package_name(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    let end = specifier
        .match_indices('/')
        .nth(parts - 1)
        .map(|(at, _)| at);
    specifier
        .get(..end.unwrap_or(specifier.len()))
        .unwrap_or(specifier)
}

/// The version in the package.json of the package that a file belongs to.
fn installed_version(path: &Path) -> Option<String> {
    let package = path
        .ancestors()
        .skip(1)
        .find(|folder| folder.join("package.json").is_file())?;
    let config = text(&package.join("package.json")).ok()?;
    let config: serde_json::Value = serde_json::from_str(&config).ok()?;
    config.get("version")?.as_str().map(str::to_owned)
}

/// A module's text, without a byte order mark.
fn text(path: &Path) -> Result<String, String> {
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let length = file.metadata().map_err(|error| error.to_string())?.len();
    if length > MAX_MODULE_BYTES {
        return Err(format!(
            "it has {length} bytes, and a module may have {MAX_MODULE_BYTES}"
        ));
    }
    let mut bytes = Vec::new();
    file.take(MAX_MODULE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(from: &str, specifier: &str) -> ModuleAsk {
        ModuleAsk {
            from: from.to_owned(),
            specifier: specifier.to_owned(),
            with_source: true,
            import: false,
        }
    }

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn files_packages_and_versions_are_found_under_paths_of_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("ws");
        write(&root, "package.json", "{}");
        write(&root, "hooks/a.js", "");
        write(&root, "hooks/lib/b.json", "{\"b\":1}");
        write(&root, "common/c.js", "c");
        write(
            &root,
            "node_modules/p/package.json",
            "{\"version\":\"2.0.0\",\"main\":\"lib/m\"}",
        );
        write(&root, "node_modules/p/lib/m.js", "p");
        let mut modules = Modules::new(&Folders {
            script: Some(root.join("hooks")),
            packages: None,
        });
        let main = "/data/io/a.js";
        for (specifier, expected) in [
            ("./lib/b", "/data/io/lib/b.json"),
            ("../common/c", "/data/workspace/common/c.js"),
            ("p", "/data/workspace/node_modules/p/lib/m.js"),
            ("p@1.0.0", "/data/workspace/node_modules/p/lib/m.js"),
        ] {
            match modules.find(&ask(main, specifier)) {
                ModuleAnswer::Found { path, .. } => assert_eq!(path, expected),
                other => panic!("{specifier}: {other:?}"),
            }
        }
        assert!(matches!(
            modules.find(&ask(main, "p@1.0.0")),
            ModuleAnswer::Found { other_version: Some(version), .. } if version == "2.0.0"
        ));
        assert!(matches!(
            modules.find(&ask(main, "p@2.0.0")),
            ModuleAnswer::Found {
                other_version: None,
                ..
            }
        ));
        assert!(matches!(
            modules.find(&ask("/data/workspace/common/c.js", "p/lib/none")),
            ModuleAnswer::Missing { .. }
        ));
    }

    #[test]
    fn a_package_of_the_named_folder_has_its_own_versions_first() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("named");
        write(&root, "node_modules/a/index.js", "");
        write(&root, "node_modules/a/node_modules/b/index.js", "own");
        write(&root, "node_modules/b/index.js", "common");
        write(folder.path(), "ws/hook.js", "");
        write(folder.path(), "ws/node_modules/b/index.js", "beside");
        let mut modules = Modules::new(&Folders {
            script: Some(folder.path().join("ws")),
            packages: Some(root),
        });
        let path = |answer| match answer {
            ModuleAnswer::Found { path, .. } => path,
            other => panic!("{other:?}"),
        };
        let a = path(modules.find(&ask("/data/io/hook.js", "a")));
        let common = path(modules.find(&ask("/data/io/hook.js", "b")));
        let own = path(modules.find(&ask(&a, "b")));
        assert_eq!(common, "/data/io/node_modules/b/index.js");
        assert_eq!(own, "/data/io/node_modules/a/node_modules/b/index.js");
    }

    #[test]
    fn nothing_leads_out_of_the_folders() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "outside/secret.js", "secret");
        write(folder.path(), "ws/package.json", "{}");
        write(folder.path(), "ws/hook.js", "");
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            folder.path().join("outside/secret.js"),
            folder.path().join("ws/link.js"),
        )
        .unwrap();
        let mut modules = Modules::new(&Folders {
            script: Some(folder.path().join("ws")),
            packages: None,
        });
        let absolute = folder.path().join("outside/secret.js");
        for specifier in ["../outside/secret", "./link", &absolute.to_string_lossy()] {
            let answer = modules.find(&ask("/data/io/hook.js", specifier));
            let text = format!("{answer:?}");
            assert!(!matches!(answer, ModuleAnswer::Found { .. }), "{text}");
            assert!(
                !text.contains(&*folder.path().to_string_lossy()) || specifier.starts_with('/'),
                "{text}"
            );
        }
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(unpinned("x@1.2.3"), ("x", Some("1.2.3")));
        assert_eq!(unpinned("@a/b@1"), ("@a/b", Some("1")));
        assert_eq!(unpinned("@a/b"), ("@a/b", None));
        assert_eq!(unpinned("./x@1"), ("./x@1", None));
        assert_eq!(package_name("@a/b/c"), "@a/b");
        assert_eq!(package_name("a/c"), "a");
    }
}
