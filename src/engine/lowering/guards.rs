//! What may be null or undefined where V8 would say so: `x.y` asks `x` first, `const { a } = x` too.
//!
//! `(x ?? (__hookbench_at=missing(x, 0, "y"))).y` costs one jump; only where `x` is missing is anything called.

use oxc_ast::ast::{
    AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern,
    ComputedMemberExpression, Expression, FormalParameter, FormalParameters,
    ObjectAssignmentTarget, ObjectPattern, StaticMemberExpression,
};
use oxc_ast_visit::Visit;
use oxc_span::{GetSpan, Span};

use super::print::{key_name, print, quoted, repeatable};
use super::{Access, Edit, ITERABLE, MISSING, PLACE, Search};

/// What V8 says of a pattern whose value is missing: our arguments, and the place.
struct Complaint {
    arguments: String,
    place: u32,
}

impl<'a> Search<'_, 'a> {
    /// Whether an expression can be null or undefined at all.
    fn may_be_missing(&self, expression: &Expression<'a>) -> bool {
        match expression {
            Expression::Identifier(_) => !self.never_missing(expression),
            Expression::NullLiteral(_)
            | Expression::StaticMemberExpression(_)
            | Expression::ComputedMemberExpression(_)
            | Expression::PrivateFieldExpression(_)
            | Expression::CallExpression(_)
            | Expression::ChainExpression(_)
            | Expression::AwaitExpression(_)
            | Expression::YieldExpression(_)
            | Expression::ConditionalExpression(_)
            | Expression::LogicalExpression(_)
            | Expression::AssignmentExpression(_)
            | Expression::SequenceExpression(_) => true,
            Expression::ParenthesizedExpression(inner) => self.may_be_missing(&inner.expression),
            _ => false,
        }
    }

    /// Visits an expression that must be neither null nor undefined; `arguments` say what V8 says if it is.
    pub(super) fn guard(&mut self, expression: &Expression<'a>, arguments: &str, place: u32) {
        if !self.may_be_missing(expression) {
            self.visit_expression(expression);
            return;
        }
        let span = expression.span();
        if let Some(again) = repeatable(expression, self.source) {
            self.insert(span.start, "(");
            self.visit_expression(expression);
            self.insert_placed(
                span.end,
                format!("??({PLACE}={MISSING}({again},{arguments})))"),
                place,
            );
        } else {
            self.insert_placed(span.start, format!("(({PLACE}="), span.start);
            self.visit_expression(expression);
            self.insert_placed(
                span.end,
                format!(")??({PLACE}={MISSING}({PLACE},{arguments})))"),
                place,
            );
        }
    }

    /// Whether a member expression's object is to be asked, and what for: 0 reads, 1 writes.
    fn wants_guard(&self, access: Access, optional: bool, object: &Expression<'a>) -> Option<u8> {
        // Within a chain only a name can be put in parentheses: anything longer would be cut off.
        if optional || (self.in_chain && !matches!(object, Expression::Identifier(_))) {
            return None;
        }
        match access {
            Access::Read => Some(0),
            Access::Write(_) => Some(1),
            Access::Other => None,
        }
    }

    pub(super) fn static_member(&mut self, it: &StaticMemberExpression<'a>) {
        let access = std::mem::replace(&mut self.access, Access::Read);
        let Some(how) = self.wants_guard(access, it.optional, &it.object) else {
            self.visit_expression(&it.object);
            return;
        };
        let place = match access {
            Access::Write(operator) => operator,
            _ => it.property.span.start,
        };
        let arguments = format!("{how},{}", quoted(&it.property.name));
        self.guard(&it.object, &arguments, place);
    }

    pub(super) fn computed_member(&mut self, it: &ComputedMemberExpression<'a>) {
        let access = std::mem::replace(&mut self.access, Access::Read);
        let key = repeatable(&it.expression, self.source);
        match (self.wants_guard(access, it.optional, &it.object), key) {
            (Some(how), Some(key)) => {
                let place = match access {
                    Access::Write(operator) => operator,
                    _ => self.operator(it.object.span().end, it.expression.span().start, "["),
                };
                self.guard(&it.object, &format!("{how},{key}"), place);
            }
            _ => self.visit_expression(&it.object),
        }
        self.afresh(|search| search.visit_expression(&it.expression));
    }

    /// Visits the value that a declaration's object pattern takes apart.
    pub(super) fn destructured(&mut self, pattern: &ObjectPattern<'a>, init: &Expression<'a>) {
        let rest = pattern.rest.as_ref().map(|rest| rest.argument.span().start);
        let printed = quoted(&print(init));
        let complaint = complain(
            first_of(pattern),
            rest.unwrap_or(pattern.span.start),
            &printed,
        );
        self.guard(init, &complaint.arguments, complaint.place);
    }

    /// Visits the value that an assignment's object pattern takes apart.
    pub(super) fn assigned_apart(
        &mut self,
        pattern: &ObjectAssignmentTarget<'a>,
        init: &Expression<'a>,
    ) {
        let first = pattern.properties.first().map(|property| match property {
            AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(name) => (
                Some(name.binding.name.to_string()),
                name.init.is_some(),
                name.span.start,
            ),
            AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                let default = matches!(
                    property.binding,
                    AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(_)
                );
                let place = if default {
                    property.span.start
                } else {
                    property.binding.span().start
                };
                (key_name(&property.name, property.computed), default, place)
            }
        });
        let complaint = complain(first, pattern.span.start, &quoted(&print(init)));
        self.guard(init, &complaint.arguments, complaint.place);
    }

    /// Gives a nested pattern without a default one that complains in V8's words.
    pub(super) fn missing_default(&mut self, value: &BindingPattern<'a>) {
        match value {
            BindingPattern::ObjectPattern(pattern) => {
                let Some(first) = pattern.properties.first() else {
                    return;
                };
                let Some(name) = key_name(&first.key, first.computed) else {
                    return;
                };
                let place = first.value.span().start;
                let text = format!("=({PLACE}={MISSING}(undefined,0,{}))", quoted(&name));
                self.insert_placed(pattern.span.end, text, place);
            }
            BindingPattern::ArrayPattern(pattern) => {
                let text = format!("=({PLACE}={ITERABLE}(undefined,2,\"undefined\"))");
                self.insert_placed(pattern.span.end, text, pattern.span.start);
            }
            _ => {}
        }
    }

    /// Puts names in the place of parameters that are patterns, where that changes nothing else; the statements that
    /// take them apart are for the start of the body. Empty where nothing is changed.
    pub(super) fn taken_apart_inside(
        &mut self,
        parameters: &FormalParameters<'a>,
        body: Span,
    ) -> String {
        let patterns = |parameter: &&FormalParameter<'a>| {
            !matches!(parameter.pattern, BindingPattern::BindingIdentifier(_))
        };
        let plain = parameters
            .items
            .iter()
            .all(|parameter| parameter.initializer.is_none())
            && parameters.rest.is_none()
            && parameters
                .items
                .iter()
                .any(|parameter| patterns(&parameter));
        let text = |span: Span| {
            self.source
                .get(span.start as usize..span.end as usize)
                .unwrap_or_default()
        };
        // Lines must stay what they are, and `arguments` what it was.
        if !plain || text(parameters.span).contains(['\n', '=']) || text(body).contains("arguments")
        {
            return String::new();
        }
        let mut taken = String::new();
        let mut edits = Vec::new();
        for parameter in parameters.items.iter().filter(patterns) {
            let span = parameter.pattern.span();
            self.spares += 1;
            let name = format!("__hookbench_spare{}", self.spares);
            let value = match &parameter.pattern {
                BindingPattern::ObjectPattern(pattern) => {
                    let complaint = complain(
                        first_of(pattern),
                        pattern.span.start,
                        &format!("{name}===null?\"object null\":\"undefined\""),
                    );
                    format!("{name}??{MISSING}({name},{})", complaint.arguments)
                }
                _ => format!("{ITERABLE}({name},4,\"undefined\")"),
            };
            taken.push_str(&format!("var {}={value};", text(span)));
            edits.push(Edit {
                at: span.start as usize,
                removed: span.size() as usize,
                inserted: name,
                place: None,
            });
        }
        self.edits.extend(edits);
        taken
    }

    /// A second binding of what a nested pattern takes: without it boa's `...rest` would hold the property too.
    pub(super) fn spare_bindings(&mut self, pattern: &ObjectPattern<'a>) {
        if pattern.rest.is_none() {
            return;
        }
        for property in &pattern.properties {
            if nested(&property.value).is_some() && !property.computed {
                self.spares += 1;
                let name = format!("__hookbench_spare{}", self.spares);
                self.spare(&name, property.span.start, property.key.span());
            }
        }
    }

    /// As [`Self::spare_bindings`], in an assignment.
    pub(super) fn spare_targets(&mut self, pattern: &ObjectAssignmentTarget<'a>) {
        if pattern.rest.is_none() {
            return;
        }
        for property in &pattern.properties {
            if let AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) = property
                && !property.computed
            {
                let target = match &property.binding {
                    AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with) => {
                        &with.binding
                    }
                    other => match other.as_assignment_target() {
                        Some(target) => target,
                        None => continue,
                    },
                };
                if target.is_assignment_target_pattern() {
                    self.spare(PLACE, property.span.start, property.name.span());
                }
            }
        }
    }

    fn spare(&mut self, name: &str, at: u32, key: Span) {
        if let Some(key) = self.source.get(key.start as usize..key.end as usize) {
            let text = format!("{key}:{name},");
            self.insert(at, text);
        }
    }
}

/// The first property of a pattern: its name, whether it has a default, V8's place for it.
type First = (Option<String>, bool, u32);

fn first_of(pattern: &ObjectPattern<'_>) -> Option<First> {
    pattern.properties.first().map(|property| {
        let default = matches!(property.value, BindingPattern::AssignmentPattern(_));
        let place = if default {
            property.span.start
        } else {
            property.value.span().start
        };
        (key_name(&property.key, property.computed), default, place)
    })
}

/// `printed` is JavaScript for how the value is written.
fn complain(first: Option<First>, otherwise: u32, printed: &str) -> Complaint {
    match first {
        Some((Some(name), true, place)) => Complaint {
            arguments: format!("0,{}", quoted(&name)),
            place,
        },
        Some((Some(name), false, place)) => Complaint {
            arguments: format!("2,{},{printed}", quoted(&name)),
            place,
        },
        _ => Complaint {
            arguments: format!("3,{printed}"),
            place: otherwise,
        },
    }
}

/// The object or array pattern that a binding consists of, with or without a default.
fn nested<'p, 'a>(pattern: &'p BindingPattern<'a>) -> Option<&'p BindingPattern<'a>> {
    match pattern {
        BindingPattern::AssignmentPattern(with) => nested(&with.left),
        BindingPattern::ObjectPattern(_) | BindingPattern::ArrayPattern(_) => Some(pattern),
        BindingPattern::BindingIdentifier(_) => None,
    }
}
