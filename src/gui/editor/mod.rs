//! The code widget: a pure core (buffer, selection, history, search) and a view of visible lines only.
