//! Below the picture of a ray: which α pass, where theory's own steps lie, and what the axis is called.

use ratatui::layout::Rect;

use crate::app::look::appearance::Glyphs;
use crate::app::run::scene::Scene;
use crate::app::run::visible::Glimpse;
use crate::engine::number::short;
use crate::engine::record::Proposal;
use crate::engine::record::trial::{Knot, Verdict};
use crate::engine::rule::way::Way;
use crate::engine::search::condition::Demand;
use crate::engine::theory::curvature::{self, Model};
use crate::view::paper::pad::Pad;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::Ink;
use crate::view::plot::axes::Axes;

/// Each cell of the axis is looked at in so many places.
pub const LOOKS: usize = 4;

/// A ray, and how much of it may be told.
#[derive(Clone, Copy)]
pub struct Along<'a> {
    /// Whose search it is, and what may be told.
    pub scene: &'a Scene<'a>,
    /// What was seen of the search: of this iteration, or of the one before.
    pub glimpse: &'a Glimpse<'a>,
    /// The base and the direction.
    pub proposal: &'a Proposal,
    /// φ'(0).
    pub slope: f64,
    /// How far the axis goes.
    pub reach: f64,
}

impl Along<'_> {
    /// As long as a question is not settled, the curve would tell which α pass; the trials themselves were seen.
    pub fn may_tell(&self) -> bool {
        self.scene.ahead().is_some()
    }
}

/// The rows below the picture.
pub struct Axis<'a> {
    along: Along<'a>,
    sets: Vec<(&'static str, Demand)>,
    landmarks: Vec<(f64, &'static str, &'static str)>,
    has_numbers: bool,
}

impl<'a> Axis<'a> {
    /// As many rows as a plot of that height can spare.
    pub fn of(along: Along<'a>, height: u16) -> Self {
        let landmarks = if along.may_tell() && height >= 7 { landmarks(&along) } else { Vec::new() };
        Self { along, sets: sets(&along, usize::from(height.saturating_sub(9))), landmarks, has_numbers: height >= 5 }
    }

    /// How many rows there are.
    pub fn rows(&self) -> u16 {
        self.sets.len().max(1) as u16 + u16::from(!self.landmarks.is_empty()) + u16::from(self.has_numbers)
    }

    /// Whether a set depends on slopes, if only where the decrease is lost in rounding.
    pub fn asks_slope(&self) -> bool {
        let nearest = self.along.reach / 1000.0;
        self.sets.iter().any(|(_, demand)| demand.may_ask_slope(&self.origin(), nearest))
    }

    /// φ(0) and φ'(0).
    fn origin(&self) -> Knot {
        Knot { alpha: 0.0, value: self.along.glimpse.here.value, slope: self.along.slope }
    }

    /// Draws the rows below a canvas; names of sets stand left of it, from the left edge of the pad on.
    pub fn draw(&self, knots: &[Knot], axes: &Axes, pad: &mut Pad<'_>) {
        let gutter = axes.canvas.x - pad.area.x;
        let mut rows = Rect { x: axes.canvas.x, width: axes.canvas.width, ..pad.area }.rows();
        let looks = if self.along.may_tell() { knots } else { &[] };
        for (index, row) in (0..self.sets.len().max(1)).zip(&mut rows) {
            let set = self.sets.get(index);
            self.accepted(set.map(|(_, demand)| demand), looks, axes, &mut pad.part(row));
            let (name, wide) = (set.map_or("", |(name, _)| name), gutter.saturating_sub(1));
            pad.put(&format!("{name:>0$}", usize::from(wide)), Ink::Dim, (row.x - gutter, row.y), wide);
        }
        if let Some(row) = (!self.landmarks.is_empty()).then(|| rows.next()).flatten() {
            point_out(&self.landmarks, axes, &mut pad.part(row));
        }
        if let Some(row) = rows.next() {
            self.name_axis(axes, &mut pad.part(row));
        }
    }

    /// The α that a demand accepts, as stretches of the axis, if that may be told, with the search's interval in brackets.
    fn accepted(&self, demand: Option<&Demand>, looks: &[Knot], axes: &Axes, pad: &mut Pad<'_>) {
        let (area, theme) = (pad.area, pad.theme);
        let origin = self.origin();
        let mut looks = looks.chunks(LOOKS);
        for cell in 0..area.width {
            let looks = looks.next().unwrap_or_default();
            let is_accepted = demand.is_some_and(|demand| {
                let passes = |knot: &Knot| knot.alpha > 0.0 && demand.judge(&origin, knot).verdict == Verdict::Accepted;
                looks.iter().any(passes)
            });
            let (mark, ink) = if is_accepted { (Mark::Bar, Ink::Accepted) } else { (Mark::Dash, Ink::Axis) };
            pad.put(theme.symbol(mark), ink, (area.x + cell, area.y), 1);
        }
        if demand.is_some() && !self.along.may_tell() {
            pad.put(" ? ", Ink::Dim, (area.x + area.width / 2, area.y), 3); // not told is not the same as none
        }
        let Some((low, high)) = self.along.glimpse.trials.last().and_then(|trial| trial.bracket) else { return };
        for (end, bracket) in [(low, "["), (high, "]")] {
            if let Some(cell) = axes.column_of(end) {
                pad.put(bracket, Ink::Trial, (area.x + cell, area.y), 1);
            }
        }
    }

    /// 0, the last trial's α below its mark, and how far the axis reaches.
    fn name_axis(&self, axes: &Axes, pad: &mut Pad<'_>) {
        let (area, y) = (pad.area, pad.area.y);
        let name = if pad.theme.glyphs == Glyphs::Ascii { "a" } else { "α" };
        let end = format!(" {} {name}", short(self.along.reach));
        axes.name_ends(&end, y, pad);
        if let Some(last) = self.along.glimpse.trials.last() {
            let label = format!(" {} ", short(last.alpha));
            let wide = label.chars().count() as u16;
            let at = axes.column_at_most(last.alpha).saturating_sub(wide / 2).max(1);
            if at + wide + (end.chars().count() as u16) < area.width {
                pad.put(&label, Ink::Trial, (area.x + at, y), wide);
            }
        }
    }
}

/// The sets of α that conditions accept, by name: all of a Wolfe search where there is room, else what is demanded.
fn sets(along: &Along<'_>, rows: usize) -> Vec<(&'static str, Demand)> {
    let Some(demand) = along.scene.run().method_at(along.glimpse.t).step_size.rule().demand() else {
        return Vec::new();
    };
    let gamma1 = demand.gamma1;
    match demand.gamma2() {
        Some(gamma2) if rows >= 3 => vec![
            ("Armijo", Demand::armijo(gamma1)),
            ("weak", Demand::weak(gamma1, gamma2)),
            ("strong", Demand::strong(gamma1, gamma2)),
        ],
        _ => vec![("passes", demand)],
    }
}

/// Steps that theory knows of along this ray: the model's best step, twice that, and what the Lipschitz constant allows.
pub fn landmarks(along: &Along<'_>) -> Vec<(f64, &'static str, &'static str)> {
    let run = along.scene.run();
    let (here, direction) = (along.glimpse.here, &along.proposal.direction);
    let is_here = std::ptr::eq(here, along.scene.glimpse().here);
    let before = if is_here { None } else { curvature::look(run.objective(), here) };
    let looked = if is_here { along.scene.looked() } else { before.as_ref() };
    let best = looked.and_then(|(hessian, _)| Model::best_step(&here.gradient, hessian, direction));
    let is_steepest = run.method_at(along.glimpse.t).direction.rule().way() == Way::Steepest;
    let lipschitz = along.scene.known_of(0).lipschitz.filter(|lipschitz| is_steepest && *lipschitz > 0.0);
    let of_best = best.map(|best| [(best, "α*", "a*"), (2.0 * best, "2α*", "2a*")]);
    let of_bound = lipschitz.map(|bound| [(1.0 / bound, "1/L", "1/L"), (2.0 / bound, "2/L", "2/L")]);
    of_best.into_iter().chain(of_bound).flatten().collect()
}

/// Arrows to the landmarks on the axis with their names; the first one keeps its place where two would meet.
fn point_out(landmarks: &[(f64, &'static str, &'static str)], axes: &Axes, pad: &mut Pad<'_>) {
    let (area, theme) = (pad.area, pad.theme);
    let mut taken: Vec<(u16, u16)> = Vec::new();
    for (alpha, rich, plain) in landmarks {
        let Some(cell) = axes.column_of(*alpha) else { continue };
        let name = if theme.glyphs == Glyphs::Ascii { plain } else { rich };
        let text = format!("{}{name}", theme.symbol(Mark::Arrow(0, 1)));
        let length = text.chars().count() as u16;
        let is_free = taken.iter().all(|(from, to)| cell + length < *from || cell > *to);
        if is_free && cell + length <= area.width {
            taken.push((cell, cell + length));
            pad.put(&text, Ink::Model, (area.x + cell, area.y), length);
        }
    }
}
