//! From the author's text to the exported function: one syntax check, one wrapper line, one evaluation.

use std::path::Path;

use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsValue, Script, Source, js_string,
};
use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

use super::lowering::{self, Edit};
use super::names::{self, NamedFunction};
use super::position::ScriptMap;
use super::state::State;
use super::{Program, errors, failure, modules};
use crate::auth0::Kind;
use crate::syntax;

/// Why the text is not a script, and where.
struct Refusal {
    /// V8's words.
    message: String,
    /// Ours, where they say more.
    explanation: Option<String>,
    /// 1-based line and column, where known.
    place: Option<(u32, u32)>,
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
    for name in class_names {
        wrapper.push_str(", ");
        wrapper.push_str(name);
    }
    wrapper.push_str(", ");
    wrapper.push_str(lowering::MEND);
    wrapper.push_str(", ");
    wrapper.push_str(lowering::PLACE);
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
            return Err(syntax_error(program, &refusal, context));
        }
    };
    let lowered = lowering::apply(&program.source, &edits);
    *state.script.borrow_mut() = ScriptMap::new(
        &program.file_name,
        &program.source,
        &wrapper,
        functions,
        &edits,
    );
    let text = format!("{wrapper}{lowered}\n}})");
    let script = Script::parse(
        Source::from_bytes(text.as_bytes()).with_path(Path::new(&program.file_name)),
        None,
        context,
    )?;
    let function = script.evaluate(context)?;
    function.as_callable().ok_or_else(|| {
        JsNativeError::syntax()
            .with_message("the script closes its own wrapper")
            .into()
    })
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
    let require = modules::require(context)?;
    let mut args = vec![
        exports.clone().into(),
        require.into(),
        module.clone().into(),
        js_string!(format!("/data/io/{}", program.file_name)).into(),
        js_string!("/data/io").into(),
    ];
    let classes = define_classes(error_classes(program), context)?;
    args.extend(classes);
    args.push(errors::native(context, lowering::MEND, 1, errors::mend_argument).into());
    let returned = function.call(&exports.into(), &args, context)?;
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

fn syntax_error(program: &Program, refusal: &Refusal, context: &mut Context) -> JsError {
    let error = JsNativeError::syntax()
        .with_message(refusal.message.clone())
        .into_opaque(context);
    let mut stack = format!("SyntaxError: {}", refusal.message);
    if let Some((line, column)) = refusal.place {
        stack.push_str(&format!("\n    at {}:{line}:{column}", program.file_name));
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
    if let Some(problem) = syntax::check(source).into_iter().next() {
        return Err(Refusal {
            message: if problem.v8.is_empty() {
                problem.message.clone()
            } else {
                problem.v8
            },
            explanation: Some(problem.message),
            place: Some((problem.line, problem.column)),
        });
    }
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
    let map = ScriptMap::new("", source, "", Vec::new(), &[]);
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::cjs())
        .with_options(ParseOptions {
            allow_return_outside_function: true,
            ..ParseOptions::default()
        })
        .parse();
    // Classes of the same scope as the script's own declarations, whatever these are.
    if !classes.is_empty() {
        let semantic = SemanticBuilder::new().build(&parsed.program).semantic;
        let scoping = semantic.scoping();
        for class in classes {
            if let Some(symbol) = scoping.get_root_binding((*class).into()) {
                let place = map.place(scoping.symbol_span(symbol).start as usize);
                return Err(Refusal {
                    message: format!("Identifier '{class}' has already been declared"),
                    explanation: Some(format!(
                        "{class} is there already at this point, and cannot be declared again: rename yours"
                    )),
                    place: Some(place),
                });
            }
        }
    }
    Ok((
        names::collect(&parsed.program),
        lowering::edits(&parsed.program),
    ))
}
