//! What a module asks for by name, read from its text. A forecast: what the text only may ask for is among it, what it
//! puts together while it runs is not.

use oxc_ast::ast::{
    Argument, CallExpression, ExportAllDeclaration, ExportFromDeclaration, Expression,
    ImportDeclaration, ImportExpression, Program,
};
use oxc_ast_visit::{Visit, walk};

use super::outside::Wanted;

/// The most that is told of one module.
const MOST: usize = 1_000;

/// What the text of a package or of a file beside the script asks for, in its order.
pub(super) fn of(program: &Program<'_>) -> Vec<Wanted> {
    let mut found = Requires(Vec::new());
    found.visit_program(program);
    found.0
}

/// The core modules that the text of a core module loads when it is loaded itself: by statements that are not indented
/// and no function.
pub(super) fn at_top_level(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(['c', 'l', 'm', '}']) && !line.contains("=>"))
        .flat_map(|line| line.split("require('").skip(1))
        .filter_map(|rest| rest.split('\'').next())
}

struct Requires(Vec<Wanted>);

impl Requires {
    fn note(&mut self, specifier: &str, import: bool) {
        let wanted = Wanted {
            specifier: specifier.to_owned(),
            import,
        };
        if self.0.len() < MOST && !self.0.contains(&wanted) {
            self.0.push(wanted);
        }
    }
}

impl<'a> Visit<'a> for Requires {
    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if let Expression::Identifier(callee) = &it.callee
            && callee.name == "require"
            && let [Argument::StringLiteral(name)] = it.arguments.as_slice()
        {
            self.note(&name.value, false);
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        if let Expression::StringLiteral(name) = &it.source {
            self.note(&name.value, true);
        }
        walk::walk_import_expression(self, it);
    }

    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        self.note(&it.source.value, true);
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        self.note(&it.source.value, true);
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        self.note(&it.source.value, true);
    }
}
