//! Where blanks at the end of a line are part of a value.

use std::ops::Range;

use oxc_ast::AstKind;

use super::with_names;

/// The template literals of a script, in bytes; `None` for one that does not compile.
pub fn templates(source: &str) -> Option<Vec<Range<usize>>> {
    with_names(source, |names| {
        names
            .nodes()
            .iter()
            .filter_map(|node| match node.kind() {
                AstKind::TemplateLiteral(template) => {
                    Some(template.span.start as usize..template.span.end as usize)
                }
                _ => None,
            })
            .collect()
    })
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // one stretch is meant
mod tests {
    use super::*;

    #[test]
    fn templates_are_found_and_other_texts_are_not() {
        assert_eq!(templates("f('a', `b\nc`);"), Some(vec![7..12]));
        assert_eq!(templates("f(`"), None);
    }
}
