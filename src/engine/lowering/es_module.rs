//! An ES module as the body of a function: imports become properties of the namespaces they come from, so that they stay
//! live; exports become getters that exist before anything of the module runs, so that cycles find them.
//!
//! Every line stays where it is; what has to come first is one text for the wrapper.

use std::collections::HashMap;

use oxc_ast::ast::{
    Argument, ArrowFunctionExpression, AwaitExpression, BindingPattern, CallExpression,
    Declaration, ExportAllDeclaration, ExportDeclaration, ExportDefaultDeclaration,
    ExportDefaultDeclarationKind, ExportFromDeclaration, ExportNamedDeclaration, Expression,
    ForOfStatement, Function, IdentifierReference, ImportDeclaration, ImportDeclarationSpecifier,
    ImportExpression, ImportMeta, ModuleExportName, ObjectProperty, Program, Statement,
    TaggedTemplateExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Semantic;
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;
use oxc_syntax::symbol::SymbolId;

use super::print::quoted;
use super::{ES, Edit, finished, package};

/// The name of a default export that has none of its own.
const DEFAULT: &str = "__hookbench_default";

/// What a module's text becomes.
pub(in super::super) struct EsModule {
    /// In the order of the text.
    pub edits: Vec<Edit>,
    /// What comes before the text: the exports, then the imports.
    pub prologue: String,
    /// Whether it awaits at its top level.
    pub is_async: bool,
}

/// The rewriting of an ES module, the faults of boa mended as in any other module of a package.
pub(in super::super) fn es_module(
    program: &Program<'_>,
    semantic: &Semantic<'_>,
    source: &str,
) -> EsModule {
    let mut rewrite = Rewrite {
        semantic,
        source,
        edits: Vec::new(),
        sources: Vec::new(),
        imported: HashMap::new(),
        exports: Vec::new(),
        stars: Vec::new(),
        depth: 0,
        is_async: false,
    };
    for statement in &program.body {
        if let Statement::ImportDeclaration(import) = statement {
            rewrite.import(import);
        }
    }
    rewrite.visit_program(program);
    let prologue = rewrite.prologue();
    let is_async = rewrite.is_async;
    let mut edits = rewrite.edits;
    edits.extend(package::package_edits(program, semantic, source));
    EsModule {
        edits: finished(edits),
        prologue,
        is_async,
    }
}

struct Rewrite<'s, 'a> {
    semantic: &'s Semantic<'a>,
    source: &'s str,
    edits: Vec<Edit>,
    /// What is imported from, in the order in which it is evaluated.
    sources: Vec<String>,
    /// What stands for an imported name.
    imported: HashMap<SymbolId, String>,
    /// Names and the expressions of their getters.
    exports: Vec<(String, String)>,
    /// Sources of which everything is exported.
    stars: Vec<usize>,
    /// How many functions are open.
    depth: usize,
    is_async: bool,
}

impl<'a> Rewrite<'_, 'a> {
    fn replace(&mut self, span: Span, inserted: impl Into<String>) {
        self.edits.push(Edit {
            at: span.start as usize,
            removed: (span.end - span.start) as usize,
            inserted: inserted.into(),
            place: None,
        });
    }

    fn insert(&mut self, at: u32, inserted: impl Into<String>) {
        self.replace(Span::new(at, at), inserted);
    }

    /// Takes a statement out and leaves its lines.
    fn blank(&mut self, span: Span) {
        let text = self
            .source
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default();
        let mut at = span.start;
        for line in text.split_inclusive('\n') {
            let length = u32::try_from(line.len()).unwrap_or(0);
            let kept = u32::from(line.ends_with('\n'));
            self.replace(Span::new(at, at + length - kept), "");
            at += length;
        }
    }

    /// The namespace of a source.
    fn from(&mut self, source: &str) -> usize {
        let known = self.sources.iter().position(|known| known == source);
        known.unwrap_or_else(|| {
            self.sources.push(source.to_owned());
            self.sources.len() - 1
        })
    }

    fn import(&mut self, it: &ImportDeclaration<'a>) {
        let from = self.from(&it.source.value);
        for specifier in it.specifiers.iter().flatten() {
            let (local, stands) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(one) => {
                    (&one.local, member(from, &name_of(&one.imported)))
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => {
                    (&one.local, member(from, "default"))
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => {
                    (&one.local, namespace(from))
                }
            };
            if let Some(symbol) = local.symbol_id.get() {
                self.imported.insert(symbol, stands);
            }
        }
    }

    fn stands_for(&self, name: &IdentifierReference<'a>) -> Option<&String> {
        let reference = name.reference_id.get()?;
        let symbol = self
            .semantic
            .scoping()
            .get_reference(reference)
            .symbol_id()?;
        self.imported.get(&symbol)
    }

    /// An imported function is called without a `this`.
    fn callee(&mut self, callee: &Expression<'a>) -> bool {
        if let Expression::Identifier(name) = callee
            && let Some(stands) = self.stands_for(name).cloned()
        {
            self.replace(name.span, format!("(0,{stands})"));
            return true;
        }
        false
    }

    fn prologue(&self) -> String {
        let getters: Vec<String> = self
            .exports
            .iter()
            .map(|(name, getter)| format!("{}:()=>{getter}", quoted(name)))
            .collect();
        let mut text = format!("{ES}.exports({{{}}});", getters.join(","));
        for (at, source) in self.sources.iter().enumerate() {
            text.push_str(&format!(
                "const {}={ES}.import({});",
                namespace(at),
                quoted(source)
            ));
        }
        for star in &self.stars {
            text.push_str(&format!("{ES}.star({});", namespace(*star)));
        }
        text
    }
}

fn namespace(source: usize) -> String {
    format!("__hookbench_from{source}")
}

fn member(source: usize, name: &str) -> String {
    format!("{}[{}]", namespace(source), quoted(name))
}

fn name_of(name: &ModuleExportName<'_>) -> String {
    name.name().to_string()
}

impl<'a> Visit<'a> for Rewrite<'_, 'a> {
    fn visit_import_declaration(&mut self, it: &ImportDeclaration<'a>) {
        self.blank(it.span);
    }

    fn visit_export_declaration(&mut self, it: &ExportDeclaration<'a>) {
        self.replace(Span::new(it.span.start, it.declaration.span().start), "");
        let mut names: Vec<String> = Vec::new();
        match &it.declaration {
            Declaration::VariableDeclaration(declared) => {
                for declarator in &declared.declarations {
                    bound(&declarator.id, &mut names);
                }
            }
            Declaration::FunctionDeclaration(function) => {
                names.extend(function.id.iter().map(|id| id.name.to_string()));
            }
            Declaration::ClassDeclaration(class) => {
                names.extend(class.id.iter().map(|id| id.name.to_string()));
            }
            _ => {}
        }
        let pairs = names.into_iter().map(|name| (name.clone(), name));
        self.exports.extend(pairs);
        walk::walk_export_declaration(self, it);
    }

    fn visit_export_named_declaration(&mut self, it: &ExportNamedDeclaration<'a>) {
        self.blank(it.span);
        for specifier in &it.specifiers {
            let getter = match &specifier.local {
                ModuleExportName::IdentifierReference(name) => self
                    .stands_for(name)
                    .cloned()
                    .unwrap_or_else(|| name.name.to_string()),
                other => name_of(other),
            };
            self.exports.push((name_of(&specifier.exported), getter));
        }
    }

    fn visit_export_from_declaration(&mut self, it: &ExportFromDeclaration<'a>) {
        self.blank(it.span);
        let from = self.from(&it.source.value);
        for specifier in &it.specifiers {
            let getter = member(from, &name_of(&specifier.local));
            self.exports.push((name_of(&specifier.exported), getter));
        }
    }

    fn visit_export_all_declaration(&mut self, it: &ExportAllDeclaration<'a>) {
        self.blank(it.span);
        let from = self.from(&it.source.value);
        match &it.exported {
            Some(name) => self.exports.push((name_of(name), namespace(from))),
            None => self.stars.push(from),
        }
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'a>) {
        let start = Span::new(it.span.start, it.declaration.span().start);
        let mut name = DEFAULT.to_owned();
        match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                self.replace(start, "");
                match &function.id {
                    Some(id) => name = id.name.to_string(),
                    None => self.insert(function.params.span.start, format!(" {DEFAULT}")),
                }
            }
            ExportDefaultDeclarationKind::ClassDeclaration(class) if class.id.is_some() => {
                self.replace(start, "");
                name = class.id.iter().map(|id| id.name.to_string()).collect();
            }
            declaration => {
                self.replace(start, format!("const {DEFAULT}="));
                if matches!(
                    declaration,
                    ExportDefaultDeclarationKind::ClassDeclaration(_)
                ) {
                    self.insert(it.declaration.span().end, ";");
                }
            }
        }
        self.exports.push(("default".to_owned(), name));
        walk::walk_export_default_declaration(self, it);
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        if let Some(stands) = self.stands_for(it).cloned() {
            self.replace(it.span, stands);
        }
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        if it.shorthand
            && let Expression::Identifier(name) = &it.value
        {
            if let Some(stands) = self.stands_for(name).cloned() {
                self.replace(name.span, format!("{}:{stands}", name.name));
            }
            return;
        }
        walk::walk_object_property(self, it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        if self.callee(&it.callee) {
            for argument in &it.arguments {
                match argument {
                    Argument::SpreadElement(spread) => self.visit_spread_element(spread),
                    other => self.visit_argument(other),
                }
            }
            return;
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_tagged_template_expression(&mut self, it: &TaggedTemplateExpression<'a>) {
        if self.callee(&it.tag) {
            self.visit_template_literal(&it.quasi);
            return;
        }
        walk::walk_tagged_template_expression(self, it);
    }

    fn visit_import_meta(&mut self, it: &ImportMeta) {
        self.replace(it.span, format!("{ES}.meta"));
    }

    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        let word = u32::try_from("import".len()).unwrap_or(0);
        let start = it.span.start;
        self.replace(Span::new(start, start + word), format!("{ES}.dynamic"));
        walk::walk_import_expression(self, it);
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        self.depth += 1;
        walk::walk_function(self, it, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk::walk_arrow_function_expression(self, it);
        self.depth -= 1;
    }

    fn visit_await_expression(&mut self, it: &AwaitExpression<'a>) {
        self.is_async |= self.depth == 0;
        walk::walk_await_expression(self, it);
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.is_async |= it.r#await && self.depth == 0;
        walk::walk_for_of_statement(self, it);
    }
}

/// The names a pattern binds.
fn bound(pattern: &BindingPattern<'_>, names: &mut Vec<String>) {
    let found = pattern.get_binding_identifiers();
    names.extend(found.iter().map(|id| id.name.to_string()));
}

#[cfg(test)]
mod tests {
    use super::super::apply;
    use super::*;

    fn lower(source: &str) -> (String, String, bool) {
        let allocator = oxc_allocator::Allocator::default();
        let parsed =
            oxc_parser::Parser::new(&allocator, source, oxc_span::SourceType::mjs()).parse();
        let semantic = oxc_semantic::SemanticBuilder::new()
            .with_build_nodes(true)
            .build(&parsed.program)
            .semantic;
        let made = es_module(&parsed.program, &semantic, source);
        let short = |text: &str| {
            text.replace("__hookbench_es.", "@")
                .replace("__hookbench_", "_")
        };
        (
            short(&made.prologue),
            short(&apply(source, &made.edits)),
            made.is_async,
        )
    }

    #[test]
    fn imports_stay_live_and_lines_stay_where_they_are() {
        let (prologue, text, is_async) = lower(
            "import a, {\n  b as c,\n  d\n} from 'x';\nimport * as n from 'y';\nc(a, { d }, n.q, d`t`);",
        );
        assert_eq!(
            prologue,
            "@exports({});const _from0=@import(\"x\");const _from1=@import(\"y\");"
        );
        assert_eq!(
            text,
            "\n\n\n\n\n(0,_from0[\"b\"])(_from0[\"default\"], { d:_from0[\"d\"] }, _from1.q, (0,_from0[\"d\"])`t`);"
        );
        assert!(!is_async);
    }

    #[test]
    fn exports_become_getters() {
        for (source, getters, text) in [
            (
                "export const {a, b: [c]} = x;",
                "\"a\":()=>a,\"c\":()=>c",
                "const {a, b: [c]} = x;",
            ),
            (
                "export default 1;",
                "\"default\":()=>_default",
                "const _default=1;",
            ),
            (
                "export default class {}",
                "\"default\":()=>_default",
                "const _default=class {};",
            ),
            ("let a; export { a as 'b c' };", "\"b c\":()=>a", "let a; "),
            (
                "import x from 'x'; export { x };",
                "\"x\":()=>_from0[\"default\"]",
                " ",
            ),
            (
                "export { q as default } from 'x';",
                "\"default\":()=>_from0[\"q\"]",
                "",
            ),
            ("export * as n from 'x';", "\"n\":()=>_from0", ""),
        ] {
            let (prologue, lowered, _) = lower(source);
            assert!(
                prologue.starts_with(&format!("@exports({{{getters}}});")),
                "{source}: {prologue}"
            );
            assert_eq!(lowered, text, "{source}");
        }
        let (prologue, text, _) = lower("export default function () {}\nexport * from 'x';");
        assert_eq!(
            prologue,
            "@exports({\"default\":()=>_default});const _from0=@import(\"x\");@star(_from0);"
        );
        assert!(text.starts_with("function  _default() {"), "{text}");
    }

    #[test]
    fn awaiting_at_the_top_is_noticed() {
        assert!(lower("await x;").2);
        assert!(lower("for await (const a of b) {}").2);
        assert!(!lower("async () => { await x; }; import.meta.url; import('x');").2);
        assert_eq!(
            lower("import.meta.url; import('x');").1,
            "@meta.url; @dynamic('x');"
        );
    }
}
