//! stub
use crate::view::theme::Theme;
use ratatui::{buffer::Buffer, layout::Rect};
/// d
pub fn draw(_top: usize, _t: Theme, _a: Rect, _c: &mut Buffer) {}
