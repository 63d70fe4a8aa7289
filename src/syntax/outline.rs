//! What a script hands to the platform: the hook's parameters and the names on `exports`.

use oxc_ast::ast::{
    AssignmentExpression, AssignmentTarget, BindingPattern, Expression, FormalParameters, Program,
    Statement, VariableDeclaration,
};
use oxc_ast_visit::{Visit, walk};

use super::parse::with_program;

/// What a script exports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The parameters' names of the function assigned to `module.exports` or returned at the top level; `None` where
    /// there is no such function. A parameter taken apart in place has an empty name, `...rest` keeps its dots.
    pub hook_parameters: Option<Vec<String>>,
    /// Names assigned on `exports` or `module.exports`, in the order of the text.
    pub exports: Vec<String>,
}

impl Outline {
    /// Whether the script is an Action: it exports a handler such as `onExecutePostLogin`.
    pub fn is_action(&self) -> bool {
        self.exports
            .iter()
            .any(|name| name.starts_with("onExecute") || name.starts_with("onContinue"))
    }
}

/// Reads what `source` exports. Empty for source the parser cannot make sense of.
pub fn outline(source: &str) -> Outline {
    with_program(source, |_, parsed| read(&parsed.program)).unwrap_or_default()
}

fn read(program: &Program<'_>) -> Outline {
    let mut finder = Finder::default();
    finder.visit_program(program);
    let mut hook = finder.assigned;
    // The value of a top-level `return` wins over module.exports.
    for statement in &program.body {
        if let Statement::ReturnStatement(statement) = statement
            && let Some(value) = &statement.argument
        {
            hook = Some(Hook::of(value));
            break;
        }
    }
    let hook_parameters = match hook {
        Some(Hook::Parameters(names)) => Some(names),
        Some(Hook::Named(name)) => finder
            .functions
            .iter()
            .rev()
            .find(|(of, _)| *of == name)
            .map(|(_, names)| names.clone()),
        Some(Hook::Other) | None => None,
    };
    Outline {
        hook_parameters,
        exports: finder.exports,
    }
}

/// What stands where a hook should.
enum Hook {
    Parameters(Vec<String>),
    /// A name that a declaration elsewhere explains.
    Named(String),
    Other,
}

impl Hook {
    fn of(value: &Expression<'_>) -> Self {
        match value.get_inner_expression() {
            Expression::Identifier(name) => Self::Named(name.name.to_string()),
            // `module.exports = exports = function …`
            Expression::AssignmentExpression(inner) => Self::of(&inner.right),
            other => function_parameters(other).map_or(Self::Other, Self::Parameters),
        }
    }
}

fn function_parameters(value: &Expression<'_>) -> Option<Vec<String>> {
    match value.get_inner_expression() {
        Expression::FunctionExpression(function) => Some(names(&function.params)),
        Expression::ArrowFunctionExpression(function) => Some(names(&function.params)),
        _ => None,
    }
}

fn names(parameters: &FormalParameters<'_>) -> Vec<String> {
    let mut names: Vec<String> = parameters
        .items
        .iter()
        .map(|item| name(&item.pattern))
        .collect();
    if let Some(rest) = &parameters.rest {
        names.push(format!("...{}", name(&rest.rest.argument)));
    }
    names
}

fn name(pattern: &BindingPattern<'_>) -> String {
    match pattern {
        BindingPattern::BindingIdentifier(name) => name.name.to_string(),
        BindingPattern::AssignmentPattern(with_default) => name(&with_default.left),
        BindingPattern::ObjectPattern(_) | BindingPattern::ArrayPattern(_) => String::new(),
    }
}

#[derive(Default)]
struct Finder {
    assigned: Option<Hook>,
    exports: Vec<String>,
    functions: Vec<(String, Vec<String>)>,
}

impl Finder {
    fn export(&mut self, name: &str) {
        if !self.exports.iter().any(|known| known == name) {
            self.exports.push(name.to_owned());
        }
    }

    fn assigned_to_module_exports(&mut self, value: &Expression<'_>) {
        if let Expression::ObjectExpression(object) = value.get_inner_expression() {
            for property in &object.properties {
                if let oxc_ast::ast::ObjectPropertyKind::ObjectProperty(property) = property
                    && let Some(name) = property.key.static_name()
                {
                    self.export(&name);
                }
            }
        }
        self.assigned = Some(Hook::of(value));
    }
}

/// The dotted name of a static member chain of at most 3 names.
fn dotted(expression: &Expression<'_>) -> Option<String> {
    match expression.get_inner_expression() {
        Expression::Identifier(name) => Some(name.name.to_string()),
        Expression::StaticMemberExpression(member) => Some(format!(
            "{}.{}",
            dotted(&member.object)?,
            member.property.name
        )),
        _ => None,
    }
}

impl<'a> Visit<'a> for Finder {
    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        let target = match &assignment.left {
            AssignmentTarget::StaticMemberExpression(member) => {
                dotted(&member.object).map(|object| (object, member.property.name.to_string()))
            }
            AssignmentTarget::ComputedMemberExpression(member) => match &member.expression {
                Expression::StringLiteral(text) => {
                    dotted(&member.object).map(|object| (object, text.value.to_string()))
                }
                _ => None,
            },
            _ => None,
        };
        if let Some((object, property)) = target {
            match (object.as_str(), property.as_str()) {
                ("module", "exports") => self.assigned_to_module_exports(&assignment.right),
                ("exports" | "module.exports", name) => self.export(name),
                _ => {}
            }
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_function(
        &mut self,
        function: &oxc_ast::ast::Function<'a>,
        flags: oxc_semantic::ScopeFlags,
    ) {
        if let Some(id) = &function.id {
            self.functions
                .push((id.name.to_string(), names(&function.params)));
        }
        walk::walk_function(self, function, flags);
    }

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        for declarator in &declaration.declarations {
            if let BindingPattern::BindingIdentifier(id) = &declarator.id
                && let Some(value) = &declarator.init
                && let Some(names) = function_parameters(value)
            {
                self.functions.push((id.name.to_string(), names));
            }
        }
        walk::walk_variable_declaration(self, declaration);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(source: &str) -> Option<String> {
        outline(source).hook_parameters.map(|names| names.join(" "))
    }

    #[test]
    fn the_hook_is_found_in_its_forms() {
        for source in [
            "module.exports = function (user, context, cb) {};",
            "module.exports = (user, context, cb) => cb();",
            "module.exports = async function hook(user, context, cb) {};",
            "return function (user, context, cb) {};",
            "module.exports = hook; function hook(user, context, cb) {}",
            "const hook = (user, context, cb) => {}; module.exports = hook;",
            "module['exports'] = exports = (function (user, context = {}, cb) {});",
            "'use strict';\nif (1) { module.exports = function (user, context, cb) {} }",
        ] {
            assert_eq!(
                parameters(source).as_deref(),
                Some("user context cb"),
                "{source}"
            );
        }
        assert_eq!(
            parameters("module.exports = ({ email }, ...rest) => {}").as_deref(),
            Some(" ...rest")
        );
        assert_eq!(parameters("module.exports = {};"), None);
        assert_eq!(parameters("function (user, context, cb) {}"), None);
        assert_eq!(parameters("'('.repeat"), None);
    }

    #[test]
    fn actions_are_told_by_their_exports() {
        let action = outline("exports.onExecutePostUserRegistration = async (event, api) => {};");
        assert!(action.is_action());
        assert_eq!(action.exports, ["onExecutePostUserRegistration"]);
        assert!(outline("module.exports = { onExecutePostLogin: async () => {} };").is_action());
        assert!(!outline("module.exports = function (user, context, cb) {}").is_action());
    }

    #[test]
    fn source_too_deep_to_parse_has_an_empty_outline() {
        assert_eq!(outline(&"[".repeat(100_000)), Outline::default());
    }
}
