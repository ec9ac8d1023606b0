//! stub
use crate::app::session::Session;
use crate::view::theme::Theme;
use ratatui::{buffer::Buffer, layout::Rect};
/// d
pub fn draw(_s: &Session, _t: Theme, _a: Rect, _c: &mut Buffer) {}
