//! From the author's text to the exported function: one syntax check, one wrapper line, one evaluation.

use std::path::Path;
use std::rc::Rc;

use super::lowering::{self, Edit};
use super::names::{self, NamedFunction};
use super::position::ScriptMap;
use super::state::State;
use super::{Program, errors, failure, guards, modules};
use crate::auth0::Kind;
use crate::syntax;
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsValue, Script, Source, js_string,
};

/// Why the text is not a script, and where.
pub(super) struct Refusal {
    /// V8's words.
    message: String,
    /// Ours, where they say more.
    explanation: Option<String>,
    /// 1-based line and column, where known.
    place: Option<(u32, u32)>,
}

impl Refusal {
    /// What V8 would have stopped at.
    pub fn first_of(problems: Vec<syntax::SyntaxProblem>) -> Self {
        let problem = problems.into_iter().next();
        Self {
            message: problem
                .as_ref()
                .map(|problem| {
                    if problem.v8.is_empty() {
                        problem.message.clone()
                    } else {
                        problem.v8.clone()
                    }
                })
                .unwrap_or_default(),
            place: problem
                .as_ref()
                .map(|problem| (problem.line, problem.column)),
            explanation: problem.map(|problem| problem.message),
        }
    }
}

/// What a script's top level leaves behind.
pub(super) struct Loaded {
    /// The value of a `return` at the top level.
    pub returned: JsValue,
    /// `module.exports`.
    pub exports: JsValue,
}

/// Compiles the script and runs its top level; the result is what the sandbox would call.
///
/// # Errors
/// The `SyntaxError` of the text, or whatever its top level throws.
pub(super) fn load(program: &Program, state: &State, context: &mut Context) -> JsResult<JsValue> {
    let function = parse(program, state, context)?;
    let loaded = top_level(&function, program, context)?;
    if loaded.returned.to_boolean() {
        Ok(loaded.returned)
    } else {
        Ok(loaded.exports)
    }
}

/// The classes in the script's scope: the compilers of Hooks put them there.
fn error_classes(program: &Program) -> &'static [&'static str] {
    match program.kind {
        Kind::Hook => program.point.error_classes(),
        Kind::Action => &[],
    }
}

/// Compiles the script into a function whose call runs its top level.
///
/// # Errors
/// The `SyntaxError` of the text.
pub(super) fn parse(program: &Program, state: &State, context: &mut Context) -> JsResult<JsObject> {
    let class_names = error_classes(program);
    let mut wrapper = "(function (exports, require, module, __filename, __dirname".to_owned();
    for name in class_names.iter().copied().chain(lowering::PARAMETERS) {
        wrapper.push_str(", ");
        wrapper.push_str(name);
    }
    wrapper.push_str(match program.kind {
        // The empty statement keeps a leading 'use strict' without effect, as under the 6.x compilers.
        Kind::Hook => ") {;",
        Kind::Action => ") {",
    });
    let (functions, edits) = match check(&program.source, class_names) {
        Ok(found) => found,
        Err(refusal) => {
            *state.script.borrow_mut() =
                ScriptMap::new(&program.file_name, &program.source, "", Vec::new(), &[]);
            state
                .explanation
                .borrow_mut()
                .clone_from(&refusal.explanation);
            return Err(syntax_error(&program.file_name, &refusal, context));
        }
    };
    let script = ScriptMap::new(
        &program.file_name,
        &program.source,
        &wrapper,
        functions,
        &edits,
    );
    *state.script.borrow_mut() = Rc::clone(&script);
    let text = format!("{wrapper}{}\n}})", script.lowered);
    state.sources.borrow_mut().push(script);
    let script = Script::parse(
        Source::from_bytes(text.as_bytes()).with_path(Path::new(&program.file_name)),
        None,
        context,
    )?;
    let function = script.evaluate(context)?;
    function.as_callable().ok_or_else(closes_its_wrapper)
}

/// What the engine is given for an author's script, without the line around it; `None` for what does not parse.
pub fn lowered(source: &str) -> Option<String> {
    let edits = syntax::checked(source, |program, semantic| {
        lowering::edits(program, semantic, source)
    });
    Some(lowering::apply(source, &edits.ok()?))
}

/// The same for a script of a package, in which lines of errors are not followed as closely.
pub fn lowered_package(source: &str) -> Option<String> {
    let edits = syntax::checked(source, |program, semantic| {
        lowering::package_edits(program, semantic, source)
    });
    Some(lowering::apply(source, &edits.ok()?))
}

pub(super) fn closes_its_wrapper() -> JsError {
    JsNativeError::syntax()
        .with_message("the script closes its own wrapper")
        .into()
}

/// Runs the top level of a compiled script.
///
/// # Errors
/// Whatever it throws.
pub(super) fn top_level(
    function: &JsObject,
    program: &Program,
    context: &mut Context,
) -> JsResult<Loaded> {
    let module = JsObject::with_object_proto(context.intrinsics());
    let exports = JsObject::with_object_proto(context.intrinsics());
    module.set(js_string!("exports"), exports.clone(), true, context)?;
    module.set(js_string!("id"), js_string!("."), true, context)?;
    module.set(
        js_string!("filename"),
        js_string!(format!("/data/io/{}", program.file_name)),
        true,
        context,
    )?;
    module.set(js_string!("loaded"), false, true, context)?;
    let require = modules::require_of_script(&module, context)?;
    let mut args = vec![
        exports.clone().into(),
        require.into(),
        module.clone().into(),
        js_string!(format!("/data/io/{}", program.file_name)).into(),
        js_string!("/data/io").into(),
    ];
    let classes = define_classes(error_classes(program), context)?;
    args.extend(classes);
    args.extend(guards::arguments(0, context));
    let returned = function.call(&exports.into(), &args, context)?;
    module.set(js_string!("loaded"), true, true, context)?;
    Ok(Loaded {
        returned,
        exports: module.get(js_string!("exports"), context)?,
    })
}

/// Our own wording of the classes the compilers prepend; `Friendly` ones keep a text for the visitor.
const CLASSES: &str = include_str!("../../assets/node/error_classes.js");

fn define_classes(names: &'static [&'static str], context: &mut Context) -> JsResult<Vec<JsValue>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let source =
        Source::from_bytes(CLASSES.as_bytes()).with_path(Path::new("node:hookbench/error_classes"));
    let classes = context.eval(source)?;
    let Some(classes) = classes.as_object() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        found.push((*name, classes.get(js_string!(*name), context)?));
    }
    failure::remember_classes(&found, context)?;
    Ok(found.into_iter().map(|(_, class)| class).collect())
}

pub(super) fn syntax_error(file: &str, refusal: &Refusal, context: &mut Context) -> JsError {
    let error = JsNativeError::syntax()
        .with_message(refusal.message.clone())
        .into_opaque(context);
    let mut stack = format!("SyntaxError: {}", refusal.message);
    if let Some((line, column)) = refusal.place {
        stack.push_str(&format!("\n    at {file}:{line}:{column}"));
    }
    // Both definitions are on a fresh object and cannot be refused.
    let _ = error.delete_property_or_throw(js_string!("message"), context);
    let _ = errors::define_hidden(&error, "stack", js_string!(stack), context);
    let _ = errors::define_hidden(
        &error,
        "message",
        js_string!(refusal.message.clone()),
        context,
    );
    JsError::from_opaque(error.into())
}

/// Reads the script as the body of a function, without running it.
fn check(source: &str, classes: &[&str]) -> Result<(Vec<NamedFunction>, Vec<Edit>), Refusal> {
    if source.starts_with("#!") {
        return Err(Refusal {
            message: "Invalid or unexpected token".to_owned(),
            explanation: Some(
                "A hook cannot begin with #!: the compilers put their own code in front of it"
                    .to_owned(),
            ),
            place: Some((1, 1)),
        });
    }
    // One parse for everything that is asked of the text.
    let read = syntax::checked(source, |program, semantic| {
        let scoping = semantic.scoping();
        let taken = classes.iter().find_map(|class| {
            let symbol = scoping.get_root_binding((*class).into())?;
            Some(((*class).to_owned(), scoping.symbol_span(symbol).start))
        });
        match taken {
            // Classes of the same scope as the script's own declarations, whatever these are.
            Some(taken) => Err(taken),
            None => Ok((
                names::collect(program),
                lowering::edits(program, semantic, source),
            )),
        }
    });
    match read {
        Ok(Ok(found)) => Ok(found),
        Ok(Err((class, at))) => {
            let map = ScriptMap::new("", source, "", Vec::new(), &[]);
            Err(Refusal {
                message: format!("Identifier '{class}' has already been declared"),
                explanation: Some(format!(
                    "{class} is there already at this point, and cannot be declared again: rename yours"
                )),
                place: Some(map.place(at as usize)),
            })
        }
        Err(problems) => Err(Refusal::first_of(problems)),
    }
}
