//! The names V8 gives functions in stack traces, read from the source: `module.exports`, `Foo.bar`, `new Foo`.

use oxc_ast::ast::{
    ArrowFunctionExpression, AssignmentExpression, AssignmentTarget, Expression, Function,
    MethodDefinition, MethodDefinitionKind, ObjectProperty, Program, PropertyDefinition,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;
use oxc_syntax::scope::ScopeFlags;

/// One function's extent in the source, in bytes, and its name in a stack trace (empty: anonymous).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedFunction {
    pub start: usize,
    pub end: usize,
    pub name: String,
}

/// Names every function of a parsed script.
pub(super) fn collect(program: &Program<'_>) -> Vec<NamedFunction> {
    let mut names = Names {
        found: Vec::new(),
        pending: None,
        class: Vec::new(),
    };
    names.visit_program(program);
    names.found
}

struct Names {
    found: Vec<NamedFunction>,
    /// The name the surrounding syntax gives to the function that starts here.
    pending: Option<(u32, String)>,
    class: Vec<String>,
}

impl Names {
    fn name_from_outside(&mut self, start: u32) -> String {
        match self.pending.take() {
            Some((at, name)) if at == start => name,
            other => {
                self.pending = other;
                String::new()
            }
        }
    }

    fn record(&mut self, start: u32, end: u32, name: String) {
        self.found.push(NamedFunction {
            start: start as usize,
            end: end as usize,
            name,
        });
    }
}

/// The dotted path of an assignment's target, as V8 infers it.
fn path(expression: &Expression<'_>) -> Option<String> {
    match expression {
        Expression::Identifier(name) => Some(name.name.to_string()),
        Expression::ThisExpression(_) => Some("this".to_owned()),
        Expression::StaticMemberExpression(member) => {
            path(&member.object).map(|object| format!("{object}.{}", member.property.name))
        }
        _ => None,
    }
}

impl<'a> Visit<'a> for Names {
    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        let outside = self.name_from_outside(it.span.start);
        let name = it.id.as_ref().map_or(outside, |id| id.name.to_string());
        self.record(it.span.start, it.span.end, name);
        walk::walk_function(self, it, flags);
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        let name = self.name_from_outside(it.span.start);
        self.record(it.span.start, it.span.end, name);
        walk::walk_arrow_function_expression(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (Some(init), Some(name)) = (&it.init, it.id.get_binding_identifier()) {
            self.pending = Some((init.span().start, name.name.to_string()));
        }
        walk::walk_variable_declarator(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let name = match &it.left {
            AssignmentTarget::AssignmentTargetIdentifier(name) => Some(name.name.to_string()),
            AssignmentTarget::StaticMemberExpression(member) => {
                path(&member.object).map(|object| {
                    let object = object.strip_prefix("this.").unwrap_or(&object).to_owned();
                    format!("{object}.{}", member.property.name)
                })
            }
            _ => None,
        };
        if let Some(name) = name {
            self.pending = Some((it.right.span().start, name));
        }
        walk::walk_assignment_expression(self, it);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        if let Some(name) = it.key.static_name() {
            self.pending = Some((it.value.span().start, format!("Object.{name}")));
        }
        walk::walk_object_property(self, it);
    }

    fn visit_class(&mut self, it: &oxc_ast::ast::Class<'a>) {
        let outside = self.name_from_outside(it.span.start);
        self.class
            .push(it.id.as_ref().map_or(outside, |id| id.name.to_string()));
        walk::walk_class(self, it);
        self.class.pop();
    }

    fn visit_method_definition(&mut self, it: &MethodDefinition<'a>) {
        let class = self.class.last().cloned().unwrap_or_default();
        let key = it
            .key
            .static_name()
            .map(|name| name.to_string())
            .unwrap_or_default();
        let name = match it.kind {
            MethodDefinitionKind::Constructor => format!("new {class}"),
            _ if it.r#static => format!("{class}.{key}"),
            MethodDefinitionKind::Get => format!("get {key} [as {key}]"),
            _ => format!("{class}.{key}"),
        };
        self.pending = Some((it.value.span.start, name));
        walk::walk_method_definition(self, it);
    }

    fn visit_property_definition(&mut self, it: &PropertyDefinition<'a>) {
        if let (Some(value), Some(name)) = (&it.value, it.key.static_name()) {
            self.pending = Some((value.span().start, name.to_string()));
        }
        walk::walk_property_definition(self, it);
    }
}
