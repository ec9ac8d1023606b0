//! stub
use crate::app::sitting::Sitting;
use crate::view::theme::Theme;
use ratatui::{buffer::Buffer, layout::Rect};
/// d
pub fn draw(_s: &Sitting, _t: Theme, _f: bool, _a: Rect, _c: &mut Buffer) {}
