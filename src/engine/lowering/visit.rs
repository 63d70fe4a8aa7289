//! The walk over the syntax tree: which node gets which edit.

use oxc_ast::ast::{
    Argument, ArrayPattern, ArrowFunctionBody, ArrowFunctionExpression, AssignmentExpression,
    AssignmentTarget, BinaryExpression, BindingPattern, CallExpression, CatchClause, ChainElement,
    ChainExpression, Class, ComputedMemberExpression, Expression, ExpressionStatement,
    ForOfStatement, Function, FunctionBody, ImportExpression, MemberExpression, NewExpression,
    ObjectAssignmentTarget, ObjectPattern, ObjectProperty, ObjectPropertyKind,
    SimpleAssignmentTarget, SpreadElement, StaticMemberExpression, UnaryExpression, UnaryOperator,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;
use oxc_syntax::operator::BinaryOperator;
use oxc_syntax::scope::ScopeFlags;

use super::print::{print, quiet, quoted};
use super::{Access, CALLS, CLASS, DEPTH, EXTENDS, Edit, IN, ITERABLE, MEND, PLACE, Search};

/// What a value is iterated for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Iterating {
    Plain,
    /// It is taken apart as a list.
    Apart,
    /// It becomes arguments.
    Arguments,
}

impl<'a> Search<'_, 'a> {
    /// The callee of a call or `new`: a bare name needs no mark of its own.
    fn callee(&mut self, callee: &Expression<'a>) {
        if !matches!(callee, Expression::Identifier(_)) {
            self.visit_expression(callee);
        }
    }

    pub(super) fn length(&mut self, member: &StaticMemberExpression<'a>) {
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

    /// What is iterated, spread or taken apart as a list; `how` is one of the `iterable` module's complaints.
    fn iterated(&mut self, value: &Expression<'a>, place: u32, how: Iterating) {
        if matches!(
            value,
            Expression::ArrayExpression(_) | Expression::StringLiteral(_)
        ) {
            self.visit_expression(value);
            return;
        }
        let returned = matches!(value, Expression::CallExpression(_));
        let (how, printed) = match (how, value) {
            (Iterating::Arguments, _) => (3, print(value)),
            (_, Expression::CallExpression(call)) if returned => (1, print(&call.callee)),
            (Iterating::Apart, value) if value.is_member_expression() => (2, print(value)),
            _ => (0, print(value)),
        };
        let span = value.span();
        self.insert_placed(span.start, format!("({PLACE}={ITERABLE}("), place);
        self.visit_expression(value);
        self.insert(span.end, format!(",{how},{}))", quoted(&printed)));
    }

    /// Arguments, with V8's complaint of what is spread into them.
    fn arguments(&mut self, arguments: &[Argument<'a>]) {
        self.afresh(|search| {
            for argument in arguments {
                match argument {
                    Argument::SpreadElement(spread) => search.iterated(
                        &spread.argument,
                        value_place(&spread.argument),
                        Iterating::Arguments,
                    ),
                    argument => search.visit_argument(argument),
                }
            }
        });
    }

    /// `catch ({ message })` reads the error before it could be mended: it is caught whole and then taken apart.
    fn caught_apart(&mut self, it: &CatchClause<'a>) {
        let Some(param) = &it.param else { return };
        let span = param.pattern.span();
        let Some(text) = self.source.get(span.start as usize..span.end as usize) else {
            return;
        };
        // On one line only: lines must stay what they are.
        if text.contains('\n') {
            return;
        }
        self.edits.push(Edit {
            at: span.start as usize,
            removed: text.len(),
            inserted: "__hookbench_caught".to_owned(),
            place: None,
        });
        let start = it.body.span.start + 1;
        let taken = format!("{MEND}(__hookbench_caught);let {text}=__hookbench_caught;");
        self.insert(start, taken);
    }

    pub(super) fn body(&mut self, it: &FunctionBody<'a>, taken: &str) {
        let start = it
            .directives
            .last()
            .map_or(it.span.start + 1, |directive| directive.span.end);
        self.insert(start, format!(";++{CALLS}&63||{DEPTH}();{taken}"));
    }
}

impl<'a> Visit<'a> for Search<'_, 'a> {
    fn visit_import_expression(&mut self, it: &ImportExpression<'a>) {
        self.dynamic_import(it);
        walk::walk_import_expression(self, it);
    }

    fn visit_catch_clause(&mut self, it: &CatchClause<'a>) {
        match it.param.as_ref().map(|param| &param.pattern) {
            Some(BindingPattern::BindingIdentifier(name)) => {
                self.insert(it.body.span.start + 1, format!("{MEND}({});", name.name));
            }
            Some(_) => {
                self.caught_apart(it);
                self.visit_block_statement(&it.body);
                return;
            }
            None => {}
        }
        walk::walk_catch_clause(self, it);
    }

    fn visit_simple_assignment_target(&mut self, it: &SimpleAssignmentTarget<'a>) {
        if let SimpleAssignmentTarget::StaticMemberExpression(member) = it {
            self.length(member);
        }
        walk::walk_simple_assignment_target(self, it);
    }

    fn visit_object_assignment_target(&mut self, it: &ObjectAssignmentTarget<'a>) {
        self.spare_targets(it);
        walk::walk_object_assignment_target(self, it);
    }

    fn visit_object_pattern(&mut self, it: &ObjectPattern<'a>) {
        self.spare_bindings(it);
        for property in &it.properties {
            self.missing_default(&property.value);
        }
        walk::walk_object_pattern(self, it);
    }

    fn visit_array_pattern(&mut self, it: &ArrayPattern<'a>) {
        for element in it.elements.iter().flatten() {
            self.missing_default(element);
        }
        walk::walk_array_pattern(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&it.id);
        let Some(init) = &it.init else { return };
        match &it.id {
            BindingPattern::ObjectPattern(pattern) => self.destructured(pattern, init),
            BindingPattern::ArrayPattern(_) => {
                self.iterated(init, init.span().start, Iterating::Apart);
            }
            _ => self.visit_expression(init),
        }
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        let right = it.right.span();
        let operator = self.operator(it.left.span().end, right.start, it.operator.as_str());
        let plain = it.operator.is_assign();
        match &it.left {
            AssignmentTarget::ObjectAssignmentTarget(pattern) => {
                self.visit_assignment_target(&it.left);
                self.assigned_apart(pattern, &it.right);
                return;
            }
            AssignmentTarget::ArrayAssignmentTarget(_) => {
                self.visit_assignment_target(&it.left);
                self.iterated(&it.right, right.start, Iterating::Apart);
                return;
            }
            AssignmentTarget::AssignmentTargetIdentifier(name) => {
                let constant = name
                    .reference_id
                    .get()
                    .and_then(|id| self.semantic.scoping().get_reference(id).symbol_id())
                    .is_some_and(|id| self.semantic.scoping().symbol_flags(id).is_const_variable());
                if constant && plain {
                    self.mark(right, operator, |search| search.visit_expression(&it.right));
                    return;
                }
            }
            _ => {
                self.access = match (plain, quiet(&it.right)) {
                    (false, _) => Access::Read,
                    (true, true) => Access::Write(operator),
                    // The right side comes first then, and may fail or be seen.
                    (true, false) => Access::Other,
                };
                self.visit_assignment_target(&it.left);
                self.access = Access::Read;
            }
        }
        self.visit_expression(&it.right);
    }

    fn visit_expression_statement(&mut self, it: &ExpressionStatement<'a>) {
        let before = self.edits.len();
        let start = it.span.start;
        if let Expression::CallExpression(call) = &it.expression {
            self.marked = Some(call.span);
        }
        let marked = self.marked.is_some();
        walk::walk_expression_statement(self, it);
        let first = self
            .edits
            .get(before..)
            .unwrap_or_default()
            .iter()
            .any(|edit| edit.at == start as usize && edit.inserted.starts_with('('));
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
            && !self.in_chain
            && (self.unknown(name) || self.used_before(name))
        {
            self.mark(name.span, name.span.start, |_| {});
            return;
        }
        walk::walk_expression(self, it);
    }

    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        self.static_member(it);
    }

    fn visit_computed_member_expression(&mut self, it: &ComputedMemberExpression<'a>) {
        self.computed_member(it);
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let by_statement = self.marked.take() == Some(it.span);
        let walk = |search: &mut Self| {
            if let Expression::Identifier(name) = &it.callee
                && name.name == "async"
            {
                search.insert(name.span.start, "(");
                search.insert(name.span.end, ")");
            }
            search.callee(&it.callee);
            search.arguments(&it.arguments);
        };
        if by_statement || self.in_chain {
            walk(self);
        } else {
            self.mark(it.span, place_of(it), walk);
        }
    }

    fn visit_new_expression(&mut self, it: &NewExpression<'a>) {
        self.mark(it.span, it.span.start, |search| {
            search.afresh(|search| search.callee(&it.callee));
            search.arguments(&it.arguments);
        });
    }

    fn visit_chain_expression(&mut self, it: &ChainExpression<'a>) {
        let walk = |search: &mut Self| {
            let outer = std::mem::replace(&mut search.in_chain, true);
            walk::walk_chain_expression(search, it);
            search.in_chain = outer;
        };
        match &it.expression {
            ChainElement::CallExpression(call) => self.mark(it.span, place_of(call), walk),
            // Which link fails is not known: mostly the first that does not ask.
            element => match element.as_member_expression().and_then(first_unasked) {
                Some(place) => self.mark(it.span, place, walk),
                None => walk(self),
            },
        }
    }

    fn visit_binary_expression(&mut self, it: &BinaryExpression<'a>) {
        let (left, right) = (it.left.span(), it.right.span());
        let word = it.operator.as_str();
        let operator = self.operator(left.end, right.start, word);
        let between = self.source.get(left.end as usize..right.start as usize);
        match it.operator {
            BinaryOperator::In if between.is_some_and(|between| between.trim() == "in") => {
                self.insert_placed(it.span.start, format!("({PLACE}={IN}("), operator);
                self.visit_expression(&it.left);
                self.edits.push(Edit {
                    at: operator as usize,
                    removed: word.len(),
                    inserted: ",".to_owned(),
                    place: None,
                });
                self.visit_expression(&it.right);
                self.insert(it.span.end, "))");
            }
            BinaryOperator::Instanceof => {
                self.mark(it.span, operator, |search| {
                    walk::walk_binary_expression(search, it)
                });
            }
            _ => walk::walk_binary_expression(self, it),
        }
    }

    fn visit_for_of_statement(&mut self, it: &ForOfStatement<'a>) {
        self.visit_for_statement_left(&it.left);
        if it.r#await {
            self.visit_expression(&it.right);
        } else {
            self.iterated(&it.right, value_place(&it.right), Iterating::Plain);
        }
        self.visit_statement(&it.body);
    }

    fn visit_spread_element(&mut self, it: &SpreadElement<'a>) {
        self.iterated(&it.argument, value_place(&it.argument), Iterating::Plain);
    }

    fn visit_object_property_kind(&mut self, it: &ObjectPropertyKind<'a>) {
        match it {
            // Null and undefined can be spread into an object.
            ObjectPropertyKind::SpreadProperty(spread) => self.visit_expression(&spread.argument),
            ObjectPropertyKind::ObjectProperty(property) => self.visit_object_property(property),
        }
    }

    fn visit_unary_expression(&mut self, it: &UnaryExpression<'a>) {
        // These look at the reference, not at its value.
        let looks = matches!(it.operator, UnaryOperator::Typeof | UnaryOperator::Delete);
        if looks && matches!(it.argument, Expression::Identifier(_)) {
            return;
        }
        if it.operator == UnaryOperator::Delete {
            let place = match &it.argument {
                Expression::StaticMemberExpression(member) => member.property.span.start,
                argument => argument.span().start,
            };
            self.mark(it.span, place, |search| {
                search.access = Access::Other;
                walk::walk_unary_expression(search, it);
                search.access = Access::Read;
            });
            return;
        }
        walk::walk_unary_expression(self, it);
    }

    fn visit_object_property(&mut self, it: &ObjectProperty<'a>) {
        // `{ name }` has no place for a parenthesis.
        if !it.shorthand {
            walk::walk_object_property(self, it);
        }
    }

    fn visit_function(&mut self, it: &Function<'a>, flags: ScopeFlags) {
        if let Some(body) = &it.body {
            let taken = self.taken_apart_inside(&it.params, body.span);
            self.body(body, &taken);
            if !taken.is_empty() {
                self.afresh(|search| search.visit_function_body(body));
                return;
            }
        }
        self.afresh(|search| walk::walk_function(search, it, flags));
    }

    fn visit_arrow_function_expression(&mut self, it: &ArrowFunctionExpression<'a>) {
        self.afresh(|search| match &it.body {
            ArrowFunctionBody::FunctionBody(body) => {
                let taken = search.taken_apart_inside(&it.params, body.span);
                search.body(body, &taken);
                if taken.is_empty() {
                    search.visit_formal_parameters(&it.params);
                }
                search.visit_function_body(body);
            }
            body => {
                let span = body.span();
                let taken = search.taken_apart_inside(&it.params, span);
                let (open, close) = if taken.is_empty() {
                    search.visit_formal_parameters(&it.params);
                    (format!("(++{CALLS}&63||{DEPTH}(),"), ")")
                } else {
                    (format!("{{++{CALLS}&63||{DEPTH}();{taken}return ("), ")}")
                };
                search.insert(span.start, open);
                search.visit_arrow_function_body(body);
                search.insert(span.end, close);
            }
        });
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        if let Some(heritage) = &it.heritage {
            let span = heritage.expression.span();
            self.insert_placed(span.start, format!("({PLACE}={EXTENDS}("), span.start);
            self.visit_expression(&heritage.expression);
            self.insert(span.end, "))");
        }
        let (start, end) = (it.span.start, it.span.end);
        self.insert(
            it.body.span.start + 1,
            format!("static{{{CLASS}(this,{start},{end})}}"),
        );
        self.visit_class_body(&it.body);
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

/// The property right behind the last `?.` of a chain.
fn first_unasked(last: &MemberExpression<'_>) -> Option<u32> {
    let mut place = None;
    let mut link = Some(last);
    while let Some(member) = link {
        if member.optional() {
            return place;
        }
        place = match member {
            MemberExpression::StaticMemberExpression(member) => Some(member.property.span.start),
            member => Some(member.object().span().end),
        };
        link = member.object().as_member_expression();
    }
    None
}

/// Where V8 says that a value cannot be iterated.
fn value_place(value: &Expression<'_>) -> u32 {
    match value {
        Expression::StaticMemberExpression(member) => member.property.span.start,
        value => value.span().start,
    }
}
