//! `using` as a name: it is one in every script of today, but boa takes it for the beginning of a declaration.

use oxc_ast::ast::{
    AssignmentTargetPropertyIdentifier, BindingIdentifier, BindingPattern, BindingProperty,
    IdentifierReference, ObjectProperty, Program,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};

use super::Edit;

const NAME: &str = "using";

/// Gives the name another one wherever a script declares and uses it; properties keep theirs.
pub(super) fn edits(program: &Program<'_>, source: &str) -> Vec<Edit> {
    // Next to no script has the word.
    if !source.contains(NAME) {
        return Vec::new();
    }
    let mut renamed = Renamed(Vec::new());
    renamed.visit_program(program);
    renamed.0
}

struct Renamed(Vec<Edit>);

impl Renamed {
    fn insert(&mut self, at: u32, inserted: &str) {
        self.0.push(Edit {
            at: at as usize,
            removed: 0,
            inserted: inserted.to_owned(),
            place: None,
        });
    }

    fn rename(&mut self, span: Span) {
        self.insert(span.end, "_");
    }

    /// `{ using }` keeps its property.
    fn property(&mut self, span: Span) {
        self.insert(span.start, "using:");
    }
}

impl<'a> Visit<'a> for Renamed {
    fn visit_binding_identifier(&mut self, it: &BindingIdentifier<'a>) {
        if it.name == NAME {
            self.rename(it.span);
        }
    }

    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        if it.name == NAME {
            self.rename(it.span);
        }
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        if it.shorthand && it.key.static_name().as_deref() == Some(NAME) {
            self.property(it.span);
            self.visit_expression(&it.value);
        } else {
            walk::walk_object_property(self, it);
        }
    }

    fn visit_binding_property(&mut self, it: &BindingProperty<'a>) {
        let named = match &it.value {
            BindingPattern::AssignmentPattern(pattern) => pattern.left.span(),
            value => value.span(),
        };
        if it.shorthand && it.key.static_name().as_deref() == Some(NAME) {
            self.property(named);
            self.visit_binding_pattern(&it.value);
        } else {
            walk::walk_binding_property(self, it);
        }
    }

    fn visit_assignment_target_property_identifier(
        &mut self,
        it: &AssignmentTargetPropertyIdentifier<'a>,
    ) {
        if it.binding.name == NAME {
            self.property(it.binding.span);
        }
        walk::walk_assignment_target_property_identifier(self, it);
    }
}
