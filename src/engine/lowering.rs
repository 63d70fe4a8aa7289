//! What boa gets wrong is rewritten before it sees it, on the same line, and columns are counted back afterwards.
//!
//! `catch (e) {` mends the error first; `x.length = n` avoids a faulty inline cache; `async(x)` is put in parentheses.
//! boa 0.22 notes no place for the callee of a call and for names that do not exist, but does for an assignment: both
//! become the right side of one, `(__hookbench_at=user.name.trim())`, and the place is that of `trim`.

use std::collections::HashSet;

use oxc_ast::ast::{
    ArrowFunctionExpression, BindingPattern, CallExpression, CatchClause, ChainElement,
    ChainExpression, Expression, ExpressionStatement, Function, NewExpression, ObjectProperty,
    Program, SimpleAssignmentTarget, StaticMemberExpression, UnaryExpression, UnaryOperator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::SemanticBuilder;
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;

/// The parameter of the wrapper that mends an error in place.
pub(super) const MEND: &str = "__hookbench_mend";

/// The parameter of the wrapper that expressions are assigned to for the sake of their place.
pub(super) const PLACE: &str = "__hookbench_at";

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
pub(super) fn edits(program: &Program<'_>) -> Vec<Edit> {
    let semantic = SemanticBuilder::new().build(program).semantic;
    let missing = semantic
        .scoping()
        .root_unresolved_references()
        .keys()
        .map(|name| name.to_string())
        .filter(|name| !ALWAYS_THERE.contains(&name.as_str()))
        .collect();
    let mut search = Search {
        edits: Vec::new(),
        missing,
        in_chain: false,
        marked: None,
    };
    search.visit_program(program);
    // Stable: what was asked for first at a place stands first there. What is taken out comes after what is put before it.
    search.edits.sort_by_key(|edit| (edit.at, edit.removed > 0));
    search.edits.dedup_by(|a, b| a.removed > 0 && a == b);
    search.edits
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

struct Search {
    edits: Vec<Edit>,
    /// Names that nothing in the script declares.
    missing: HashSet<String>,
    /// True on the spine of `a?.b().c`, which no parenthesis may cut.
    in_chain: bool,
    /// The call that its statement has marked already.
    marked: Option<Span>,
}

impl Search {
    fn insert(&mut self, at: u32, inserted: &str) {
        self.edits.push(Edit {
            at: at as usize,
            removed: 0,
            inserted: inserted.to_owned(),
            place: None,
        });
    }

    /// Puts an expression on the right side of an assignment; `place` is where its errors are.
    fn mark(&mut self, span: Span, place: u32) {
        self.edits.push(Edit {
            at: span.start as usize,
            removed: 0,
            inserted: format!("({PLACE}="),
            place: Some(place as usize),
        });
        self.insert(span.end, ")");
    }

    /// Does `walk` as if outside of any optional chain.
    fn afresh(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.in_chain, false);
        walk(self);
        self.in_chain = outer;
    }

    /// The callee of a call or `new`: a bare name needs no mark of its own.
    fn callee(&mut self, callee: &Expression<'_>) {
        if !matches!(callee, Expression::Identifier(_)) {
            self.visit_expression(callee);
        }
    }

    fn length(&mut self, member: &StaticMemberExpression<'_>) {
        if member.property.name == "length" && !member.optional {
            // From the end of the object: the dot, what stands around it, and the name.
            let from = member.object.span().end as usize;
            let to = member.property.span.end as usize;
            // A comment or a line break in between stays as it is, and the fault with it.
            if to - from == ".length".len() {
                self.edits.push(Edit {
                    at: from,
                    removed: to - from,
                    inserted: "[\"length\"]".to_owned(),
                    place: None,
                });
            }
        }
    }
}

impl<'a> Visit<'a> for Search {
    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        if let Some(BindingPattern::BindingIdentifier(name)) =
            it.param.as_ref().map(|param| &param.pattern)
        {
            self.insert(it.body.span.start + 1, &format!("{MEND}({});", name.name));
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        if let SimpleAssignmentTarget::StaticMemberExpression(member) = it {
            self.length(member);
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_expression_statement(&mut self, it: &ExpressionStatement<'a>) {
        let before = self.edits.len();
        let start = it.span.start;
        if let Expression::CallExpression(call) = &it.expression {
            self.marked = Some(call.span);
        }
        let marked = self.marked.is_some();
        walk::walk_expression_statement(self, it);
        let first = self.edits[before..]
            .iter()
            .any(|edit| edit.at == start as usize && edit.place.is_some());
        if marked || first {
            // No parenthesis at the start of a statement: the line before may lack its semicolon.
            let place = match &it.expression {
                Expression::CallExpression(call) => place_of(call),
                _ => start,
            };
            let prefix = Edit {
                at: start as usize,
                removed: 0,
                inserted: format!("{PLACE}="),
                place: Some(place as usize),
            };
            self.edits.insert(before, prefix);
        }
    }

    fn visit_expression(&mut self, it: &Expression<'a>) {
        if let Expression::Identifier(name) = it
            && self.missing.contains(name.name.as_str())
            && !self.in_chain
        {
            self.mark(name.span, name.span.start);
        }
        walk::walk_expression(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let by_statement = self.marked.take() == Some(it.span);
        if !by_statement && !self.in_chain {
            self.mark(it.span, place_of(it));
        }
        if let Expression::Identifier(name) = &it.callee
            && name.name == "async"
        {
            self.insert(name.span.start, "(");
            self.insert(name.span.end, ")");
        }
        self.callee(&it.callee);
        self.afresh(|search| search.visit_arguments(&it.arguments));
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.mark(it.span, it.span.start);
        self.afresh(|search| {
            search.callee(&it.callee);
            search.visit_arguments(&it.arguments);
        });
    }

    fn visit_chain_expression(&mut self, it: &ChainExpression<'a>) {
        if let ChainElement::CallExpression(call) = &it.expression {
            self.mark(it.span, place_of(call));
        }
        let outer = std::mem::replace(&mut self.in_chain, true);
        walk::walk_chain_expression(self, it);
        self.in_chain = outer;
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        // These look at the reference, not at its value.
        let looks = matches!(it.operator, UnaryOperator::Typeof | UnaryOperator::Delete);
        if !(looks && matches!(it.argument, Expression::Identifier(_))) {
            walk::walk_unary_expression(self, it);
        }
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        // `{ name }` has no place for a parenthesis.
        if !it.shorthand {
            walk::walk_object_property(self, it);
        }
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.afresh(|search| walk::walk_function(search, it, flags));
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.afresh(|search| walk::walk_arrow_function_expression(search, it));
    }
}

/// Where V8 says that the callee of a call is at fault: the property it reads, else the start.
fn place_of(call: &CallExpression<'_>) -> u32 {
    match &call.callee {
        Expression::StaticMemberExpression(member) => member.property.span.start,
        Expression::ComputedMemberExpression(member) => member.expression.span().start,
        callee => callee.span().start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lower(source: &str) -> String {
        let allocator = oxc_allocator::Allocator::default();
        let parsed =
            oxc_parser::Parser::new(&allocator, source, oxc_span::SourceType::cjs()).parse();
        apply(source, &edits(&parsed.program))
    }

    #[test]
    fn rewrites_what_boa_gets_wrong() {
        assert_eq!(
            lower("var q, n; q.length = 0; n = q.length;"),
            "var q, n; q[\"length\"] = 0; n = q.length;"
        );
        assert_eq!(lower("var q; q.length--;"), "var q; q[\"length\"]--;");
        assert_eq!(
            lower("var q; q().length = 0"),
            format!("var q; {PLACE}=({PLACE}=q())[\"length\"] = 0")
        );
        assert_eq!(lower("async(1)"), "__hookbench_at=(async)(1)");
        assert_eq!(
            lower("try {} catch (e) { throw e }"),
            "try {} catch (e) {__hookbench_mend(e); throw e }"
        );
        assert_eq!(lower("try {} catch { }"), "try {} catch { }");
    }

    #[test]
    fn calls_and_unknown_names_get_a_place() {
        let at = |source: &str| lower(source).replace(PLACE, "@");
        assert_eq!(at("var a; a.b()"), "var a; @=a.b()");
        assert_eq!(at("var a; a.b().c()"), "var a; @=(@=a.b()).c()");
        assert_eq!(at("var a, x = a.b(1)"), "var a, x = (@=a.b(1))");
        assert_eq!(at("var f; f(f())"), "var f; @=f((@=f()))");
        assert_eq!(
            at("var a = 1\nvar b; b()\n;[1]"),
            "var a = 1\nvar b; @=b()\n;[1]"
        );
        assert_eq!(at("var a; a.b().c = 1"), "var a; @=(@=a.b()).c = 1");
        assert_eq!(at("var a = unknown + 1"), "var a = (@=unknown) + 1");
        assert_eq!(
            at("typeof unknown; delete unknown"),
            "typeof unknown; delete unknown"
        );
        assert_eq!(at("var o = { unknown }"), "var o = { unknown }");
        assert_eq!(
            at("var a; a?.b().c(a.d())"),
            "var a; @=(@=a?.b().c((@=a.d())))"
        );
        assert_eq!(at("var F; new F().g()"), "var F; @=(@=new F()).g()");
        assert_eq!(at("var f = x => x.y()"), "var f = x => (@=x.y())");
        assert_eq!(
            at("var f = x => ({ y: x.y() })"),
            "var f = x => ({ y: (@=x.y()) })"
        );
        assert_eq!(at("Math.PI; undefined"), "Math.PI; undefined");
    }
}
