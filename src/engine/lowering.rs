//! What boa gets wrong is rewritten before it sees it, on the same line, and columns are counted back afterwards.
//!
//! `catch (e) {` mends the error first; `x.length = n` avoids a faulty inline cache; `async(x)` is put in parentheses.

use oxc_ast::ast::{
    BindingPattern, CallExpression, CatchClause, Expression, Program, SimpleAssignmentTarget,
    StaticMemberExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;

/// The parameter of the wrapper that mends an error in place.
pub(super) const MEND: &str = "__hookbench_mend";

/// One replacement inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Byte offset in the author's source.
    pub at: usize,
    /// Bytes taken out.
    pub removed: usize,
    pub inserted: String,
}

/// The rewriting a script needs, in the order of the text.
pub(super) fn edits(program: &Program<'_>) -> Vec<Edit> {
    let mut search = Search { edits: Vec::new() };
    search.visit_program(program);
    search.edits.sort_by_key(|edit| edit.at);
    search.edits.dedup();
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
}

impl Search {
    fn insert(&mut self, at: u32, inserted: &str) {
        self.edits.push(Edit {
            at: at as usize,
            removed: 0,
            inserted: inserted.to_owned(),
        });
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

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if let Expression::Identifier(name) = &it.callee
            && name.name == "async"
        {
            self.insert(name.span.start, "(");
            self.insert(name.span.end, ")");
        }
        walk::walk_call_expression(self, it);
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
            lower("q.length = 0; n = q.length;"),
            "q[\"length\"] = 0; n = q.length;"
        );
        assert_eq!(lower("q.length--;"), "q[\"length\"]--;");
        assert_eq!(lower("async(1)"), "(async)(1)");
        assert_eq!(
            lower("try {} catch (e) { f(e) }"),
            "try {} catch (e) {__hookbench_mend(e); f(e) }"
        );
        assert_eq!(lower("try {} catch { f() }"), "try {} catch { f() }");
    }
}
