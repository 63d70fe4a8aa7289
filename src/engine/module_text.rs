//! From a module's text to the call of the function Node makes of it. A text that was prepared is called as it is.

use std::path::Path;
use std::rc::Rc;

use boa_engine::{Context, JsObject, JsResult, JsValue, Script, Source, js_string};
use oxc_ast::ast::Program;

use super::compile::{Refusal, closes_its_wrapper, syntax_error};
use super::lowering::{self, Edit};
use super::names::{self, NamedFunction};
use super::outside::ModuleFormat;
use super::position::ModuleScript;
use super::state::State;
use super::{guards, prepared};
use crate::syntax;

/// Runs a text as a CommonJS module: `args` are what its function is called with.
///
/// # Errors
/// The `SyntaxError` of the text, or whatever its top level throws.
pub(super) fn run(
    path: &str,
    source: &str,
    module: &JsObject,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let known = prepared::take(path, ModuleFormat::CommonJs, source, context)?;
    let compiled = match known {
        Some(compiled) => compiled,
        None => {
            let text = Text::of_script(path, source, |_| ());
            compile_now(path, text.map(|(text, ())| text), context)?
        }
    };
    let exports = module.get(js_string!("exports"), context)?;
    call(compiled, &exports, args, context)
}

/// Runs the text of an ES module as a function of what it knows of itself: a promise where it awaits at its top level,
/// null where it may not and would.
///
/// # Errors
/// The `SyntaxError` of the text, or whatever it throws.
pub(super) fn run_es(
    path: &str,
    source: &str,
    es: &JsValue,
    may_await: bool,
    context: &mut Context,
) -> JsResult<JsValue> {
    let known = prepared::take(path, ModuleFormat::Module, source, context)?;
    let compiled = match known {
        Some(compiled) if compiled.is_async && !may_await => return Ok(JsValue::null()),
        Some(compiled) => compiled,
        None => match Text::of_es_module(path, source, |_| ()) {
            Ok((text, ())) if text.is_async && !may_await => return Ok(JsValue::null()),
            text => compile_now(path, text.map(|(text, ())| text), context)?,
        },
    };
    let this = JsValue::undefined();
    call(compiled, &this, std::slice::from_ref(es), context)
}

/// A module's text as the engine is given it.
pub(super) struct Text {
    map: Rc<ModuleScript>,
    /// With the function around it.
    lowered: String,
    is_async: bool,
}

impl Text {
    /// Reads a CommonJS module; `also` looks at the same parse.
    ///
    /// # Errors
    /// Why it does not compile.
    pub fn of_script<T: Send>(
        path: &str,
        source: &str,
        also: impl FnOnce(&Program<'_>) -> T + Send,
    ) -> Result<(Self, T), Refusal> {
        // A first line for the shell is none of JavaScript's.
        let shebang = source
            .starts_with("#!")
            .then(|| format!("//{}", &source[2..]));
        let source = shebang.as_deref().unwrap_or(source);
        let (functions, edits, found) = syntax::checked(source, |program, semantic| {
            (
                names::collect(program),
                lowering::package_edits(program, semantic, source),
                also(program),
            )
        })
        .map_err(Refusal::first_of)?;
        let wrapper = format!(
            "(function (exports, require, module, __filename, __dirname, {}) {{",
            lowering::PARAMETERS.join(", ")
        );
        let text = Self::new(path, source, &wrapper, functions, edits, false);
        Ok((text, found))
    }

    /// The same for an ES module.
    ///
    /// # Errors
    /// Why it does not compile.
    pub fn of_es_module<T: Send>(
        path: &str,
        source: &str,
        also: impl FnOnce(&Program<'_>) -> T + Send,
    ) -> Result<(Self, T), Refusal> {
        let (functions, made, found) = syntax::checked_module(source, |program, semantic| {
            (
                names::collect(program),
                lowering::es_module(program, semantic, source),
                also(program),
            )
        })
        .map_err(Refusal::first_of)?;
        let wrapper = format!(
            "({}function ({}, {}) {{'use strict';{}",
            if made.is_async { "async " } else { "" },
            lowering::ES,
            lowering::PARAMETERS.join(", "),
            made.prologue
        );
        let text = Self::new(path, source, &wrapper, functions, made.edits, made.is_async);
        Ok((text, found))
    }

    fn new(
        path: &str,
        source: &str,
        wrapper: &str,
        functions: Vec<NamedFunction>,
        edits: Vec<Edit>,
        is_async: bool,
    ) -> Self {
        let lowered = format!("{wrapper}{}\n}})", lowering::apply(source, &edits));
        Self {
            map: Rc::new(ModuleScript::new(path, source, wrapper, functions, edits)),
            lowered,
            is_async,
        }
    }

    /// Has the engine parse it.
    ///
    /// # Errors
    /// What the engine does not read though it is JavaScript.
    pub fn parse(self, context: &mut Context) -> JsResult<Compiled> {
        let source = Source::from_bytes(self.lowered.as_bytes());
        let script = Script::parse(source.with_path(Path::new(&*self.map.path)), None, context)?;
        Ok(Compiled {
            script,
            map: self.map,
            is_async: self.is_async,
        })
    }
}

/// A module's text as the engine has it.
pub(super) struct Compiled {
    script: Script,
    map: Rc<ModuleScript>,
    is_async: bool,
}

impl Compiled {
    /// Goes on from what is parsed to what is executed.
    ///
    /// # Errors
    /// What the engine cannot compile though it could parse it.
    pub fn finish(&self, context: &mut Context) -> JsResult<()> {
        self.script.codeblock(context).map(drop)
    }
}

fn compile_now(
    path: &str,
    text: Result<Text, Refusal>,
    context: &mut Context,
) -> JsResult<Compiled> {
    let text = text.map_err(|refusal| syntax_error(path, &refusal, context))?;
    // What the engine itself says of the text is shown by its map as well.
    note(&text.map, context)?;
    text.parse(context)
}

/// Lets stacks show the module's own places.
fn note(map: &Rc<ModuleScript>, context: &Context) -> JsResult<()> {
    State::of(context)?
        .module_scripts
        .borrow_mut()
        .insert(Rc::clone(&map.path), Rc::clone(map));
    Ok(())
}

/// Calls a module's function; `args` go before those of [`lowering::PARAMETERS`].
fn call(
    compiled: Compiled,
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let Compiled { script, map, .. } = compiled;
    note(&map, context)?;
    let function = script.evaluate(context)?;
    let Some(function) = function.as_callable() else {
        return Err(closes_its_wrapper());
    };
    let mut args = args.to_vec();
    args.extend(guards::arguments(0, context));
    function.call(this, &args, context)
}
