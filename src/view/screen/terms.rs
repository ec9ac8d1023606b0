//! The terms of the course as a sheet: what each means, what others write for it, and which lesson shows it.

use ratatui::layout::Rect;

use crate::app::look::appearance::Glyphs;
use crate::app::room::session::Session;
use crate::app::room::sitting::Sitting;
use crate::lesson::course::terms::{self, Term};
use crate::lesson::file::read::spelling::nearest;
use crate::view::paper::frame::Frame;
use crate::view::paper::lines::{self, Line, WrappedRow};
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::screen::keys::Below;
use crate::view::spoken::speech::Speech;

/// Longer lines are hard to follow.
const WIDEST: u16 = 88;

/// Draws the sheet from row `top` on, as far down as there are rows; whether there are more below.
pub fn draw(session: &Session, top: usize, typed: &str, pad: &mut Pad<'_>) -> Below {
    let (area, theme) = (pad.area, pad.theme);
    let pad = &mut Pad { is_focus: true, ..pad.part(area) };
    let inside = area.width.saturating_sub(4).min(WIDEST);
    let rows = rows(session, typed, inside, theme);
    let height = usize::from(area.height.saturating_sub(2));
    let top = top.min(rows.len().saturating_sub(height));
    let below = rows.len().saturating_sub(top + height);
    let bottom = match below {
        0 if top == 0 => String::new(),
        0 => "the end".to_owned(),
        1 => "↓ 1 row more".into(),
        more => format!("↓ {more} rows more"),
    };
    let title = if typed.is_empty() { "Terms".to_owned() } else { format!("Terms: {typed}_") };
    let right = if area.width < 60 { "Esc closes" } else { "(type a word or symbol)  Esc closes" };
    let inner = Frame { title: &title, right, bottom: &bottom }.draw(pad);
    pad.part(inner).blank();
    let left = inner.x + 1.min(inner.width);
    for ((letters, row), y) in rows[top..].iter().zip(inner.top()..inner.bottom()) {
        let place = Rect { x: left, y, width: inner.right() - left, height: 1 };
        lines::draw(std::slice::from_ref(row), &mut Pad { theme: *letters, ..pad.part(place) });
    }
    if below > 0 { Below::More } else { Below::Nothing }
}

/// The terms aloud: their names, or what is said of those that are asked for.
pub fn say(session: &Session, typed: &str, speech: &mut Speech) {
    if typed.is_empty() {
        let names: Vec<&str> = terms::all().iter().map(|term| term.name.as_str()).collect();
        speech.say(&format!("A line \"terms WORD\" explains one of these: {}.", names.join(", ")));
        return;
    }
    let found = about(typed, speech.theme);
    if found.is_empty() {
        speech.say(&none(typed));
    }
    for term in found {
        explain(term, session, speech);
    }
}

/// All that is said of a term, line by line.
pub fn explain(term: &Term, session: &Session, speech: &mut Speech) {
    let theme = speech.theme;
    for said in entry(term, session) {
        speech.theme = if said.is_printed { theme.as_printed() } else { theme };
        speech.say(&said.text);
    }
    speech.theme = theme;
}

/// The terms that a word or a symbol leads to, as it is spelled here.
pub fn about(word: &str, theme: Theme) -> Vec<&'static Term> {
    let ascii = Theme { glyphs: Glyphs::Ascii, ..theme };
    terms::about(word, |text| ascii.text(text).into_owned())
}

/// That there is no such term.
pub fn none(word: &str) -> String {
    let names = terms::all().iter().map(|term| term.name.as_str());
    let meant = nearest(word, names).map_or(String::new(), |meant| format!(" Did you mean \"{meant}\"?"));
    format!("No term is about \"{word}\".{meant}")
}

/// The sheet's rows, each with the letters in which it is written: first the terms that the page names.
fn rows(session: &Session, typed: &str, width: u16, theme: Theme) -> Vec<(Theme, WrappedRow)> {
    if !typed.is_empty() {
        let found = about(typed, theme);
        return if found.is_empty() {
            fit(&[Said::new(Ink::Dim, none(typed))], width, theme)
        } else {
            found.into_iter().flat_map(|term| spaced(term, session, width, theme)).collect()
        };
    }
    let page = session.sitting.as_ref().map(Sitting::page);
    let text = page.map_or(String::new(), |page| {
        format!("{} {}", page.title.as_ref().map_or("", |title| title.as_str()), page.text.as_str())
    });
    let named = terms::named_in(&text);
    let others = terms::all().iter().filter(|term| !named.contains(term));
    named.iter().copied().chain(others).flat_map(|term| spaced(term, session, width, theme)).collect()
}

/// A paragraph of what is said of a term.
struct Said {
    ink: Ink,
    text: String,
    /// In the letters that were printed, whatever the notation.
    is_printed: bool,
}

impl Said {
    fn new(ink: Ink, text: impl Into<String>) -> Self {
        Self { ink, text: text.into(), is_printed: false }
    }
}

fn entry(term: &Term, session: &Session) -> Vec<Said> {
    let symbol = if term.symbol.is_empty() { String::new() } else { format!(": {}", term.symbol) };
    let mut said = vec![Said::new(Ink::Title, format!("{}{symbol}", term.name)), Said::new(Ink::Text, &*term.text)];
    if !term.others.is_empty() {
        let text = format!("Elsewhere: {}.", term.others);
        said.push(Said { is_printed: true, ..Said::new(Ink::Dim, text) });
    }
    said.extend(term.lesson.as_ref().map(|id| Said::new(Ink::Dim, shown_in(id, session))));
    said
}

/// Which lesson shows it.
fn shown_in(id: &str, session: &Session) -> String {
    let entries = session.entries();
    let number = session.number_of(id).unwrap_or_default();
    match entries.iter().find(|entry| entry.id == id) {
        Some(entry) if entry.planned => format!("Lesson {number} (to come): {}", entry.title),
        Some(entry) => format!("Lesson {number} ({id}): {}", entry.title),
        None => String::new(),
    }
}

/// A term and a blank row under it.
fn spaced(term: &Term, session: &Session, width: u16, theme: Theme) -> Vec<(Theme, WrappedRow)> {
    let mut rows = fit(&entry(term, session), width, theme);
    rows.push((theme, WrappedRow::new()));
    rows
}

fn fit(said: &[Said], width: u16, theme: Theme) -> Vec<(Theme, WrappedRow)> {
    let rows = said.iter().flat_map(|said| {
        let letters = if said.is_printed { theme.as_printed() } else { theme };
        let line = Line::new(said.ink, &*said.text).flush();
        lines::fit(&[line], width, letters).into_iter().map(move |row| (letters, row))
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::notation::Notation;
    use crate::lesson::course::library;
    use crate::view::paper::specimen::{THEMES, draw_at_every_size, drawn};

    fn seen(session: &Session, typed: &str, theme: Theme) -> String {
        drawn((80, 24), theme, |pad| {
            draw(session, 0, typed, pad);
        })
    }

    #[test]
    fn every_symbol_has_an_ascii_spelling() {
        for term in terms::all() {
            for text in [&term.symbol, &term.others, &term.text, &term.name] {
                let spelled = THEMES[1].text(text);
                assert!(spelled.is_ascii() && !spelled.contains('?'), "{text}: {spelled}");
            }
        }
    }

    #[test]
    fn the_terms_of_the_page_stand_first() {
        let sitting = library::open("saddle-point").and_then(Sitting::open).unwrap();
        let page = seen(&Session::single(sitting), "", THEMES[0]);
        let first = page.lines().nth(1).unwrap();
        assert!(!first.contains("objective"), "{page}");
        assert!(seen(&Session::home(), "", THEMES[0]).lines().nth(1).unwrap().contains("objective: f"));
    }

    #[test]
    fn others_are_quoted_as_they_write_whatever_the_notation() {
        let session = Session::home();
        let nocedal = Theme { notation: Notation::Nocedal, ..THEMES[0] };
        let text = seen(&session, "Armijo constant", nocedal);
        assert!(
            text.contains("share of the decrease: c₁") && text.contains("Elsewhere: γ₁: LMU; c₁: Nocedal"),
            "{text}"
        );
        for word in ["c1", "gamma1"] {
            let theme = if word == "c1" { nocedal } else { THEMES[1] };
            assert!(seen(&session, word, theme).contains("share of the decrease"), "{word}");
        }
        assert!(seen(&session, "nonsense", THEMES[0]).contains("No term is about"));
    }

    #[test]
    fn it_scrolls_to_its_end_and_every_size_is_drawn() {
        let session = Session::home();
        let end = drawn((80, 24), THEMES[0], |pad| {
            assert_eq!(draw(&session, usize::MAX, "", pad), Below::Nothing);
        });
        assert!(end.contains("least squares") && end.contains("the end"), "{end}");
        for typed in ["", "wolfe", "nonsense"] {
            draw_at_every_size(|pad| {
                draw(&session, 3, typed, pad);
            });
        }
    }
}
