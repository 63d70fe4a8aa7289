//! What a module that is not the author's own gets: the faults of boa mended, and nothing for better messages.

use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingPattern, CallExpression, CatchClause,
    Expression, Function, ImportExpression, ObjectAssignmentTarget, ObjectPattern, Program,
    SimpleAssignmentTarget,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Semantic;
use oxc_span::GetSpan;
use oxc_syntax::scope::ScopeFlags;

use super::{CALLS, DEPTH, Edit, MEND, Search, finished, using};

/// The rewriting a module of a package needs, in the order of the text.
pub(in super::super) fn package_edits(
    program: &Program<'_>,
    semantic: &Semantic<'_>,
    source: &str,
) -> Vec<Edit> {
    let is_module = program.source_type.is_module();
    let mut faults = Faults(Search::new(semantic, source), is_module);
    faults.0.edits = using::edits(program, source);
    faults.visit_program(program);
    finished(faults.0.edits)
}

/// The search, and whether the text is that of an ES module.
struct Faults<'s, 'a>(Search<'s, 'a>, bool);

impl<'a> Visit<'a> for Faults<'_, 'a> {
    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        if let Some(BindingPattern::BindingIdentifier(name)) =
            it.param.as_ref().map(|param| &param.pattern)
        {
            let start = it.body.span.start + 1;
            self.0.insert(start, format!("{MEND}({});", name.name));
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        if let SimpleAssignmentTarget::StaticMemberExpression(member) = it {
            self.0.length(member);
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_object_assignment_target(&mut self, it: &ObjectAssignmentTarget<'a>) {
        self.0.spare_targets(it);
        walk::walk_object_assignment_target(self, it);
    }

    fn visit_object_pattern(&mut self, it: &ObjectPattern<'a>) {
        self.0.spare_bindings(it);
        walk::walk_object_pattern(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if let Expression::Identifier(name) = &it.callee
            && name.name == "async"
        {
            self.0.insert(name.span.start, "(");
            self.0.insert(name.span.end, ")");
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        // Those of an ES module have their own way.
        if !self.1 {
            self.0.dynamic_import(it);
        }
        walk::walk_import_expression(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(body) = &it.body {
            self.0.body(body, "");
        }
        walk::walk_function(self, it, flags);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        match &it.body {
            ArrowFunctionBody::FunctionBody(body) => self.0.body(body, ""),
            body => {
                let span = body.span();
                self.0
                    .insert(span.start, format!("(++{CALLS}&63||{DEPTH}(),"));
                walk::walk_arrow_function_expression(self, it);
                self.0.insert(span.end, ")");
                return;
            }
        }
        walk::walk_arrow_function_expression(self, it);
    }
}
