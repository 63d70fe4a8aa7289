//! What boa gets wrong is rewritten before it sees it, on the same line, and columns are counted back afterwards.
//!
//! The table of what is rewritten, each with its test below; all are faults or gaps of boa 0.22, which a version that
//! mends them makes unnecessary:
//! - `x.length = n` → `x["length"] = n`: the inline cache neither truncates nor checks the second time.
//! - `async(x)` → `(async)(x)`: a syntax error otherwise.
//! - `{ b: { c }, ...rest }` → `{ b: spare, b: { c }, ...rest }`: `rest` would hold `b` too.
//! - `catch (e) {` mends the error first: boa's errors have neither V8's words nor its stack.
//! - Calls, `new` and unknown names become the right side of an assignment,
//!   `(__hookbench_at=user.name.trim())`: boa notes no place for them, but does for an assignment.
//! - `x.y` → `(x ?? missing(x, …)).y` and the like (`guards.rs`): boa does not tell null from undefined.
//! - `k in o`, `extends S` and what is iterated or spread go through functions of ours that fail in V8's words.
//! - `function ({ a }) {` takes its parameter apart in the body, on the same line, for the same reason.
//! - Functions count their calls, and every 64th looks how deep the stack is: boa's own RangeError cannot be caught.
//! - `import(x)` → `__hookbench_import(__filename,x)`: finding modules is the parent's.
//! - `using` as a name becomes `using_`: boa reads the beginning of a declaration.
//! - Classes tell their place, because `toString()` of a class has no text.

mod es_module;
mod guards;
mod package;
mod print;
mod using;
mod visit;

use oxc_ast::AstKind;
use oxc_ast::ast::{Expression, Program, VariableDeclarator};
use oxc_ast_visit::Visit;
use oxc_semantic::Semantic;
use oxc_span::{GetSpan, Span};
use oxc_syntax::symbol::SymbolId;

pub(super) use es_module::es_module;
pub(super) use package::package_edits;
pub(super) use print::print;

/// The parameter of the wrapper that mends an error in place.
pub(super) const MEND: &str = "__hookbench_mend";

/// The parameter of the wrapper that expressions are assigned to for the sake of their place.
pub(super) const PLACE: &str = "__hookbench_at";

/// Throws V8's TypeError for what is null or undefined.
pub(super) const MISSING: &str = "__hookbench_missing";

/// The operator `in`.
pub(super) const IN: &str = "__hookbench_in";

/// Passes on what can be iterated.
pub(super) const ITERABLE: &str = "__hookbench_iterable";

/// Passes on what a class may extend.
pub(super) const EXTENDS: &str = "__hookbench_extends";

/// Hears of each class and its place in the source.
pub(super) const CLASS: &str = "__hookbench_class";

/// Counts calls.
pub(super) const CALLS: &str = "__hookbench_calls";

/// Throws V8's RangeError where the stack is too deep.
pub(super) const DEPTH: &str = "__hookbench_depth";

/// What an ES module exports, imports and knows of itself; a parameter of its wrapper alone.
pub(super) const ES: &str = "__hookbench_es";

/// `import()`: the asking file and what it asks for.
pub(super) const IMPORT: &str = "__hookbench_import";

/// The names of ours that a script sees, as parameters of its wrapper, in this order.
pub(super) const PARAMETERS: [&str; 10] = [
    MEND, MISSING, IN, ITERABLE, EXTENDS, CLASS, DEPTH, CALLS, PLACE, IMPORT,
];

/// Names that are always there: looking them up cannot fail, and loops go faster without a mark.
const ALWAYS_THERE: &[&str] = &[
    "Array",
    "BigInt",
    "Boolean",
    "Date",
    "Error",
    "Infinity",
    "JSON",
    "Map",
    "Math",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "RangeError",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "TypeError",
    "arguments",
    "async",
    "console",
    "eval",
    "exports",
    "global",
    "globalThis",
    "isFinite",
    "isNaN",
    "module",
    "parseFloat",
    "parseInt",
    "process",
    "require",
    "setTimeout",
    "undefined",
];

/// One replacement inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Byte offset in the author's source.
    pub at: usize,
    /// Bytes taken out.
    pub removed: usize,
    pub inserted: String,
    /// Where an error whose place lies in the inserted text really is: a byte offset in the author's source.
    pub place: Option<usize>,
}

/// The rewriting a script needs, in the order of the text.
pub(super) fn edits(program: &Program<'_>, semantic: &Semantic<'_>, source: &str) -> Vec<Edit> {
    let mut search = Search::new(semantic, source);
    search.edits = using::edits(program, source);
    search.visit_program(program);
    finished(search.edits)
}

/// Edits in the order of the text.
fn finished(mut edits: Vec<Edit>) -> Vec<Edit> {
    // Stable: what was asked for first at a place stands first there. What is taken out comes after what is put before it.
    edits.sort_by_key(|edit| (edit.at, edit.removed > 0));
    edits.dedup_by(|a, b| a.removed > 0 && a == b);
    edits
}

/// The source with its edits made.
pub(super) fn apply(source: &str, edits: &[Edit]) -> String {
    let mut text = String::with_capacity(source.len() + edits.len() * 24);
    let mut done = 0;
    for edit in edits {
        text.push_str(source.get(done..edit.at).unwrap_or_default());
        text.push_str(&edit.inserted);
        done = edit.at + edit.removed;
    }
    text.push_str(source.get(done..).unwrap_or_default());
    text
}

/// What the next member expression is there for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    /// Its value is assigned to; the byte offset of the operator, which is V8's place.
    Write(u32),
    /// Nothing is to be looked at.
    Other,
}

struct Search<'s, 'a> {
    edits: Vec<Edit>,
    source: &'s str,
    semantic: &'s Semantic<'a>,
    /// True on the spine of `a?.b().c`, which no parenthesis may cut.
    in_chain: bool,
    access: Access,
    /// The call that its statement has marked already.
    marked: Option<Span>,
    /// Names given to spare bindings.
    spares: usize,
}

impl<'s, 'a> Search<'s, 'a> {
    fn new(semantic: &'s Semantic<'a>, source: &'s str) -> Self {
        Self {
            edits: Vec::new(),
            source,
            semantic,
            in_chain: false,
            access: Access::Read,
            marked: None,
            spares: 0,
        }
    }

    fn insert(&mut self, at: u32, inserted: impl Into<String>) {
        self.edits.push(Edit {
            at: at as usize,
            removed: 0,
            inserted: inserted.into(),
            place: None,
        });
    }

    /// Inserts text whose errors are at `place`.
    fn insert_placed(&mut self, at: u32, inserted: impl Into<String>, place: u32) {
        self.edits.push(Edit {
            at: at as usize,
            removed: 0,
            inserted: inserted.into(),
            place: Some(place as usize),
        });
    }

    /// Puts an expression on the right side of an assignment; `place` is where its errors are. Its children are
    /// visited by `walk`, between the two parentheses.
    fn mark(&mut self, span: Span, place: u32, walk: impl FnOnce(&mut Self)) {
        self.insert_placed(span.start, format!("({PLACE}="), place);
        walk(self);
        self.insert(span.end, ")");
    }

    /// `import(x)` goes to our loader, with the file that asks.
    fn dynamic_import(&mut self, it: &oxc_ast::ast::ImportExpression<'_>) {
        self.edits.push(Edit {
            at: it.span.start as usize,
            removed: "import".len(),
            inserted: IMPORT.to_owned(),
            place: None,
        });
        self.insert(it.source.span().start, "__filename,");
    }

    /// Does `walk` as if outside of any optional chain.
    fn afresh(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.in_chain, false);
        self.access = Access::Read;
        walk(self);
        self.in_chain = outer;
    }

    /// The offset of `operator` between two byte offsets; the first of them where a comment hides it.
    fn operator(&self, from: u32, to: u32, operator: &str) -> u32 {
        self.source
            .get(from as usize..to as usize)
            .and_then(|between| between.find(operator))
            .map_or(from, |at| from + u32::try_from(at).unwrap_or(0))
    }

    fn symbol(&self, expression: &Expression<'_>) -> Option<SymbolId> {
        let Expression::Identifier(name) = expression else {
            return None;
        };
        let reference = name.reference_id.get()?;
        self.semantic.scoping().get_reference(reference).symbol_id()
    }

    /// Whether nothing in the script declares this name.
    fn unknown(&self, name: &oxc_ast::ast::IdentifierReference<'_>) -> bool {
        let symbol = name
            .reference_id
            .get()
            .and_then(|reference| self.semantic.scoping().get_reference(reference).symbol_id());
        symbol.is_none() && !ALWAYS_THERE.contains(&name.name.as_str())
    }

    /// Whether a `let`, `const` or class stands further down in the text than this use of its name.
    fn used_before(&self, name: &oxc_ast::ast::IdentifierReference<'_>) -> bool {
        let scoping = self.semantic.scoping();
        name.reference_id
            .get()
            .and_then(|reference| scoping.get_reference(reference).symbol_id())
            .is_some_and(|symbol| {
                let flags = scoping.symbol_flags(symbol);
                (flags.is_block_scoped() || flags.is_class())
                    && !flags.is_function()
                    && !flags.is_catch_variable()
                    && name.span.start < scoping.symbol_span(symbol).end
            })
    }

    /// Whether a name can never hold null or undefined where it can be read at all.
    fn never_missing(&self, expression: &Expression<'_>) -> bool {
        let Expression::Identifier(name) = expression else {
            return false;
        };
        let Some(symbol) = self.symbol(expression) else {
            // Unknown names have a mark of their own, and the others are always there.
            return name.name != "undefined";
        };
        let scoping = self.semantic.scoping();
        let flags = scoping.symbol_flags(symbol);
        if flags.is_function() || flags.is_class() || flags.is_import() {
            return !scoping.symbol_is_mutated(symbol);
        }
        if !flags.is_const_variable() {
            return false;
        }
        let declaration = scoping.symbol_declaration(symbol);
        match self.semantic.nodes().kind(declaration) {
            AstKind::VariableDeclarator(declarator) => holds_something(declarator),
            _ => false,
        }
    }
}

/// Whether a `const` is given a value that is certainly neither null nor undefined.
fn holds_something(declarator: &VariableDeclarator<'_>) -> bool {
    if declarator.id.get_binding_identifier().is_none() {
        return false;
    }
    match &declarator.init {
        Some(Expression::CallExpression(call)) => {
            matches!(&call.callee, Expression::Identifier(name) if name.name == "require")
        }
        Some(
            Expression::ArrayExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::FunctionExpression(_)
            | Expression::ClassExpression(_)
            | Expression::NewExpression(_)
            | Expression::ObjectExpression(_)
            | Expression::RegExpLiteral(_)
            | Expression::StringLiteral(_)
            | Expression::NumericLiteral(_)
            | Expression::TemplateLiteral(_),
        ) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lower(source: &str) -> String {
        let allocator = oxc_allocator::Allocator::default();
        let parsed =
            oxc_parser::Parser::new(&allocator, source, oxc_span::SourceType::cjs()).parse();
        let semantic = oxc_semantic::SemanticBuilder::new()
            .with_build_nodes(true)
            .build(&parsed.program)
            .semantic;
        apply(source, &edits(&parsed.program, &semantic, source))
    }

    /// Lowered, with short names.
    fn short(source: &str) -> String {
        lower(source)
            .replace(PLACE, "@")
            .replace("__hookbench_", "_")
            .replace("++_calls&63||_depth()", "_")
    }

    #[test]
    fn rewrites_what_boa_gets_wrong() {
        for (source, expected) in [
            (
                "const q = [], n = 1; q.length = 0",
                "const q = [], n = 1; q[\"length\"] = 0",
            ),
            (
                "const q = []; q.length--;",
                "const q = []; q[\"length\"]--;",
            ),
            ("async(1)", "@=(async)(1)"),
            (
                "try {} catch (e) { throw e }",
                "try {} catch (e) {_mend(e); throw e }",
            ),
            ("try {} catch { }", "try {} catch { }"),
            (
                "try {} catch ({ message }) {}",
                "try {} catch (_caught) {_mend(_caught);let { message }=_caught;}",
            ),
            (
                "const {a:{b}={},...c} = {}",
                "const {a:_spare1,a:{b}={},...c} = {}",
            ),
            (
                "let a; ({b:{c}={},...a} = {})",
                "let a; ({b:@,b:{c}={},...a} = {})",
            ),
            ("class A {}", "class A {static{_class(this,0,10)}}"),
            (
                "var using, { using: b, c } = { using, d: b.using };",
                "var using_, { using: b, c } = { using:using_, d: (b??(@=_missing(b,0,\"using\"))).using };",
            ),
            (
                "class A extends B {}",
                "class A extends (@=_extends((@=B))) {static{_class(this,0,20)}}",
            ),
            ("let a, o; a in o", "let a, o; @=(@=_in(a , o))"),
        ] {
            assert_eq!(short(source), expected, "{source}");
        }
    }

    #[test]
    fn functions_look_at_the_depth() {
        for (source, expected) in [
            (
                "function f() { 'use strict' }",
                "function f() { 'use strict';_; }",
            ),
            ("const f = x => x", "const f = x => (_,x)"),
            ("const f = () => ({})", "const f = () => (_,({}))"),
            (
                "const f = ({ a }) => a",
                "const f = (_spare1) => {_;var { a }=_spare1??_missing(_spare1,2,\"a\",_spare1===null?\"object null\":\"undefined\");return (a)}",
            ),
        ] {
            assert_eq!(short(source), expected, "{source}");
        }
    }

    #[test]
    fn calls_and_unknown_names_get_a_place() {
        for (source, expected) in [
            ("const a = {}; a.b()", "const a = {}; @=a.b()"),
            (
                "const a = {}; a.b().c",
                "const a = {}; @=((@=(@=a.b()))??(@=_missing(@,0,\"c\"))).c",
            ),
            (
                "const a = {}; let x = a.b(1)",
                "const a = {}; let x = (@=a.b(1))",
            ),
            ("var f; f(f())", "var f; @=f((@=f()))"),
            (
                "var a = 1\nvar b; b()\n;[1]",
                "var a = 1\nvar b; @=b()\n;[1]",
            ),
            ("var a = unknown + 1", "var a = (@=unknown) + 1"),
            (
                "typeof unknown; delete unknown",
                "typeof unknown; delete unknown",
            ),
            ("var o = { unknown }", "var o = { unknown }"),
            (
                "const a = {}; a?.b().c(a.d())",
                "const a = {}; @=(@=a?.b().c((@=a.d())))",
            ),
            (
                "class F {}; new F().g()",
                "class F {static{_class(this,0,10)}}; @=(@=new F()).g()",
            ),
            ("x; let x", "@=(@=x); let x"),
            ("Math.PI; undefined", "Math.PI; undefined"),
        ] {
            assert_eq!(short(source), expected, "{source}");
        }
    }

    #[test]
    fn what_may_be_missing_is_asked() {
        for (source, expected) in [
            ("let a; a.b", "let a; @=(a??(@=_missing(a,0,\"b\"))).b"),
            (
                "let a; f = a.b.c",
                "let a; f = ((a??(@=_missing(a,0,\"b\"))).b??(@=_missing(a.b,0,\"c\"))).c",
            ),
            (
                "let a; a[0] = 1",
                "let a; @=(a??(@=_missing(a,1,0)))[0] = 1",
            ),
            ("let a; a.b = g()", "let a; a.b = (@=g())"),
            ("let a; delete a.b", "let a; @=(@=delete a.b)"),
            ("let a; x = a?.b.c", "let a; x = (@=a?.b.c)"),
            (
                "let a; const { b } = a",
                "let a; const { b } = (a??(@=_missing(a,2,\"b\",\"a\")))",
            ),
            (
                "let a; const [b] = a",
                "let a; const [b] = (@=_iterable(a,0,\"a\"))",
            ),
            (
                "let a; for (const b of a) ;",
                "let a; for (const b of (@=_iterable(a,0,\"a\"))) ;",
            ),
            (
                "const {a:{b}} = {}",
                "const {a:{b}=(@=_missing(undefined,0,\"b\"))} = {}",
            ),
        ] {
            assert_eq!(short(source), expected, "{source}");
        }
    }
}
