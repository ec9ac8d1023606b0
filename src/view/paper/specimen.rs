//! A lesson to draw in tests, and what was drawn as text.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::{buffer::Buffer, layout::Rect};

use crate::app::look::appearance::{Depth, Glyphs, Ground};
use crate::app::room::sitting::Sitting;
use crate::app::run::scene::Scene;
use crate::engine::record::Beat;
use crate::engine::rule::method::Method;
use crate::engine::run::stop::Limits;
use crate::engine::step_size::schedule::fixed::Fixed;
use crate::engine::step_size::search::backtracking::Backtracking;
use crate::engine::theory::Known;
use crate::lesson::file::safe::Safe;
use crate::lesson::question::choose::{Choice, Truth};
use crate::lesson::question::{Ask, Kind};
use crate::lesson::scenario::{RunPlan, Scenario, Slice};
use crate::lesson::schema::{Lesson, Page, Panel};
use crate::objective::formula::Formula;
use crate::view::panel;
use crate::view::panel::progress::Across;
use crate::view::paper::pad::Pad;
use crate::view::paper::theme::Theme;
use crate::view::plot::memo::Memo;

/// One theme of each glyph set, without colour.
pub const THEMES: [Theme; 2] = [
    Theme {
        glyphs: Glyphs::Braille,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    },
    Theme {
        glyphs: Glyphs::Ascii,
        depth: Depth::None,
        ground: Ground::Dark,
        notation: crate::app::look::notation::Notation::Lmu,
    },
];

/// The ravine of the lectures, f = 10x₁² + x₂²/2.
pub const RAVINE: &str = "10*x1^2 + x2^2/2";

/// Steepest descent with a fixed α.
pub fn fixed(alpha: f64) -> Method {
    Method::steepest(Fixed { alpha })
}

/// Steepest descent with backtracking, γ₁ = 0.1.
pub fn backtracking() -> Method {
    Method::steepest(Backtracking { gamma1: 0.1, ..Backtracking::default() })
}

/// A lesson of one page on a formula, its f* = 0 known; the first method is the learner's.
pub fn lesson(formula: &str, start: &[f64], methods: &[Method]) -> Lesson {
    let plan = |(index, method): (usize, &Method)| RunPlan {
        noise: None,
        name: Safe::new(["A", "B", "C", "D"][index]),
        method: method.clone(),
        limits: Limits::default(),
        start: None,
        subject: None,
    };
    let scenario = Scenario {
        name: Safe::new("ravine"),
        subject: Formula::parse(formula, start.len(), &BTreeMap::new()).unwrap().into(),
        window: vec![[-3.0, 3.0]; start.len().min(2)],
        slice: Slice::default(),
        start: start.to_vec(),
        known: Known { value: Some(0.0), ..Known::default() },
        runs: methods.iter().enumerate().map(plan).collect(),
    };
    Lesson {
        id: "specimen".into(),
        title: Safe::new("Specimen"),
        chapter: None,
        summary: None,
        lecture: None,
        minutes: None,
        after: Vec::new(),
        scenarios: vec![scenario],
        pages: vec![Page::default()],
    }
}

/// A sitting on the ravine from (2, 20).
pub fn ravine(method: Method) -> Sitting {
    Sitting::open(lesson(RAVINE, &[2.0, 20.0], &[method])).unwrap()
}

/// A question that is open from the start of its page.
pub fn question() -> Ask {
    let choice = |text: &str, is_right| Choice {
        text: Safe::new(text),
        truth: Truth::Said(is_right),
        refute: None,
        because: None,
    };
    Ask {
        question: Safe::new("Does it diverge?"),
        kind: Kind::Choose(vec![choice("yes", true), choice("no", false)]),
        confidence: false,
        goes_on: false,
        refute: None,
        because: None,
        vary: Vec::new(),
    }
}

/// On to the first such beat of this iteration or a later one.
pub fn walk_to(sitting: &mut Sitting, beat: Beat) {
    while sitting.beat() != beat && sitting.step() {}
}

/// What a panel in focus draws on a screen of that size, row by row, without the blanks at the ends.
pub fn drawn((width, height): (u16, u16), theme: Theme, draw: impl FnOnce(&mut Pad<'_>)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut cells = Buffer::empty(area);
    draw(&mut Pad { is_focus: true, ..Pad::new(theme, area, &mut cells) });
    text_of(&cells)
}

/// Draws a panel, t on its horizontal axis where it has one.
pub fn draw_panel(which: Panel, sitting: &Sitting, pad: &mut Pad<'_>) {
    panel::draw(which, &Scene::of(sitting), Across::Iterations, pad, &mut Memo::default());
}

/// The text on a screen.
pub fn text_of(cells: &Buffer) -> String {
    let row = |y| (0..cells.area.width).map(|x| cells[(x, y)].symbol()).collect::<String>();
    (0..cells.area.height).map(|y| row(y).trim_end().to_owned() + "\n").collect()
}

/// Draws at sizes up to 60×20 in both glyph sets: nothing panics, nothing leaves the area, and ASCII is ASCII.
pub fn draw_at_every_size(draw: impl Fn(&mut Pad<'_>)) {
    let screen = Rect::new(0, 0, 64, 24);
    for theme in THEMES {
        for (width, height) in sizes() {
            let area = Rect::new(2, 1, width, height);
            let mut cells = Buffer::empty(screen);
            draw(&mut Pad::new(theme, area, &mut cells));
            let spilled = screen.positions().find(|at| !area.contains(*at) && cells[*at].symbol() != " ");
            assert_eq!(spilled, None, "{width}×{height}");
            assert!(theme.glyphs == Glyphs::Braille || text_of(&cells).is_ascii(), "{}", text_of(&cells));
        }
        // An area that reaches beyond the screen is cut there.
        let (area, cells) = (Rect::new(60, 20, 40, 12), &mut Buffer::empty(screen));
        draw(&mut Pad::new(theme, area, cells));
    }
}

/// A quarter of the sizes up to 60×20. What breaks, breaks where there is no room for frame and title: all of these; or
/// where a width or a height begins to allow something more: each width with the full height and two others, each
/// height with the full width and two others.
fn sizes() -> BTreeSet<(u16, u16)> {
    let small = (0..=8).flat_map(|width| (0..=5).map(move |height| (width, height)));
    let wide = (0..=60).flat_map(|width| [20, width * 13 % 21, (width * 5 + 10) % 21].map(|height| (width, height)));
    let high = (0..=20).flat_map(|height| [60, height * 17 % 61, (height * 29 + 40) % 61].map(|width| (width, height)));
    small.chain(wide).chain(high).collect()
}
