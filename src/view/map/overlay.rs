//! What lies over the map: each layer says on the map's first row what it shows, or why it shows nothing.

use crate::app::look::overlay::Overlay;
use crate::app::run::scene::Scene;
use crate::engine::number::product;
use crate::engine::number::{short, tuple};
use crate::engine::theory::curvature::Spectrum;
use crate::objective::point::{Matrix, Point, Vector};
use crate::view::map::basins;
use crate::view::map::contour::{Contour, Grid, Levels};
use crate::view::map::sheet::{Sheet, compass};
use crate::view::paper::raster::Raster;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};

/// Cells between two arrows of the field, across and down.
const FIELD: (usize, usize) = (6, 3);
/// Cells around a probed point that the fog leaves free, across and down.
const LAMP: (usize, usize) = (3, 1);
/// The most by which one axis of the cross is longer than the other.
const MOST_SLENDER: f64 = 100.0;

/// All that a layer is drawn from.
pub struct OverlayGround<'a> {
    /// What was seen.
    pub scene: &'a Scene<'a>,
    /// The heights of the map's lines.
    pub levels: &'a Levels,
    /// Where coordinates lie on the raster.
    pub sheet: &'a Sheet,
    /// The characters.
    pub theme: Theme,
}

impl OverlayGround<'_> {
    /// Draws a layer; returns its caption, which is empty where the frame says all.
    pub fn draw(&self, overlay: Overlay, raster: &mut Raster) -> String {
        match overlay {
            Overlay::Field => self.field(raster),
            Overlay::EigenCross => self.cross(raster),
            Overlay::Model => self.model(raster),
            Overlay::LookAhead => self.look_ahead(raster),
            Overlay::HalfPlane => self.half_plane(raster),
            Overlay::Basins => match self.scene.basins() {
                Some(map) => {
                    basins::draw(map, self.sheet, raster);
                    String::new()
                }
                None => "no basins of this method yet: v until they come".into(),
            },
            Overlay::Fog => self.fog(raster),
        }
    }

    fn field(&self, raster: &mut Raster) -> String {
        let (wide, high) = Raster::dots_per_cell(raster.glyphs());
        let mut at = self.scene.glimpse().here.point.clone();
        for row in (high..raster.height()).step_by(FIELD.1 * high) {
            for column in (wide..raster.width()).step_by(FIELD.0 * wide) {
                let place = [self.sheet.across.value(column as f64), self.sheet.down.value(row as f64)];
                self.sheet.plane.put(place, &mut at);
                let slope = self.sheet.plane.part(&self.scene.run().objective().gradient(&at));
                let (right, down) = self.on_screen(slope.map(|slope| -slope), raster);
                if right.hypot(down) > 0.0 && right.is_finite() && down.is_finite() {
                    let place = Some((column as f64, row as f64));
                    raster.stamp_at(place, self.theme.symbol(compass(right, down)), Ink::Steepest);
                }
            }
        }
        "field: −∇f".into()
    }

    /// A direction in dots to the right and downward, for one unit of length.
    fn on_screen(&self, direction: [f64; 2], raster: &Raster) -> (f64, f64) {
        let [across, up] = self.sheet.window.map(|[low, high]| high - low);
        (direction[0] / across * raster.width() as f64, -direction[1] / up * raster.height() as f64)
    }

    fn cross(&self, raster: &mut Raster) -> String {
        let hessian = self.scene.looked().map(|(hessian, _)| self.sheet.plane.cut(hessian));
        let Some(spectrum) = hessian.as_ref().and_then(Spectrum::of) else {
            return "no eigenvectors: ∇²f is not finite here".into();
        };
        let last = spectrum.values.len() - 1;
        let steepest = spectrum.values[0].abs().max(spectrum.values[last].abs());
        let Some(centre) = self.sheet.place(&self.scene.glimpse().here.point).filter(|_| steepest > 0.0) else {
            return "no eigenvectors: ∇²f = 0 here".into();
        };
        let arms = [0, last].map(|index| {
            let slender = (steepest / spectrum.values[index].abs()).sqrt().min(MOST_SLENDER);
            let (right, down) = self.on_screen([spectrum.vectors[index][0], spectrum.vectors[index][1]], raster);
            (index, right * slender, down * slender)
        });
        let longest = arms.iter().fold(0.0_f64, |most, (_, right, down)| most.max(right.hypot(*down)));
        let reach = raster.width().min(raster.height()) as f64 * 0.4 / longest;
        for (index, right, down) in arms {
            let every = if spectrum.values[index] < 0.0 { 2 } else { 1 };
            let tip = |sign: f64| (centre.0 + sign * reach * right, centre.1 + sign * reach * down);
            raster.dashed(tip(-1.0), tip(1.0), every, Ink::Saddle);
            // A thin line is lost among the lines of the map: names at both ends say where it is.
            let name = self.theme.text(if index == 0 { "v₁" } else { "v₂" });
            for (column, row) in [-1.0, 1.0].map(|sign| raster.cell_at(tip(sign))).into_iter().flatten() {
                for (column, letter) in (usize::from(column)..).zip(name.chars()) {
                    raster.stamp(column, usize::from(row), letter, Ink::Saddle);
                }
            }
        }
        format!("eigenvectors: λ = {}, {}", short(spectrum.values[0]), short(spectrum.values[last]))
    }

    fn model(&self, raster: &mut Raster) -> String {
        let here = self.scene.glimpse().here;
        let Some((hessian, _)) = self.scene.looked() else {
            return "no model: ∇²f is not finite here".into();
        };
        let plane = &self.sheet.plane;
        let ([first, second], gradient) = (plane.place(&here.point), plane.part(&here.gradient));
        let hessian = plane.cut(hessian);
        let height = |one: f64, other: f64| taylor(here.value, gradient, &hessian, one - first, other - second);
        let grid = Grid::sample(raster.width(), raster.height(), self.sheet.window, height);
        Contour::at(grid, self.levels.clone()).paint_dotted(Ink::Model, raster);
        "model: dotted lines".into()
    }

    fn look_ahead(&self, raster: &mut Raster) -> String {
        let Some(proposal) = self.scene.glimpse().proposal else {
            return "look-ahead: comes with the direction".into();
        };
        let Some(base) = &proposal.base else { return "look-ahead: none, the base is xₜ".into() };
        let ahead = &self.scene.glimpse().here.point + base;
        let places = (self.sheet.place(&self.scene.glimpse().here.point), self.sheet.place(&ahead));
        if let (Some(from), Some(to)) = places {
            raster.dashed(from, to, 2, Ink::Ray);
            raster.stamp_at(Some(to), self.theme.symbol(Mark::LookAhead), Ink::Direction);
        }
        format!("look-ahead: {}", tuple(&ahead))
    }

    fn half_plane(&self, raster: &mut Raster) -> String {
        let (here, gradient) = (&self.scene.glimpse().here.point, &self.scene.glimpse().here.gradient);
        let slope = self.sheet.plane.part(gradient);
        let scale = slope[0].abs().max(slope[1].abs());
        let Some(centre) = self.sheet.place(here).filter(|_| scale > 0.0 && scale.is_finite()) else {
            return "no half-plane: ∇f = 0 on this map".into();
        };
        let slope = slope.map(|slope| slope / scale);
        let (right, down) = self.on_screen([-slope[1], slope[0]], raster);
        let far = (raster.width() + raster.height()) as f64 * 2.0 / right.hypot(down);
        let end = |sign: f64| (centre.0 + sign * far * right, centre.1 + sign * far * down);
        raster.line(end(-1.0), end(1.0), Ink::Bound);
        let (right, down) = self.on_screen(slope.map(|slope| -slope), raster);
        let short = raster.width().min(raster.height()) as f64 * 0.2 / right.hypot(down);
        let tip = (centre.0 + short * right, centre.1 + short * down);
        raster.line(centre, tip, Ink::Steepest);
        raster.stamp_at(Some(tip), self.theme.symbol(compass(right, down)), Ink::Steepest);
        match self.scene.glimpse().proposal.and_then(|proposal| angle(gradient, &proposal.direction)) {
            Some(degrees) if degrees > 90.0 => format!("angle(∇f, d) = {}° > 90°", self::short(degrees)),
            Some(degrees) => format!("angle(∇f, d) = {}°: not down", self::short(degrees)),
            None => "half-plane where f falls".into(),
        }
    }

    fn fog(&self, raster: &mut Raster) -> String {
        let (wide, high) = Raster::dots_per_cell(raster.glyphs());
        let (columns, rows) = (raster.width() / wide, raster.height() / high);
        let mut is_lit = vec![false; columns * rows];
        let mut last = None;
        let mut light = |point: &Point| {
            let cell = self.sheet.place(point).and_then(|place| raster.cell_at(place));
            if let Some((column, row)) = cell.filter(|_| cell != last) {
                let (column, row) = (usize::from(column), usize::from(row));
                for y in row.saturating_sub(LAMP.1)..(row + LAMP.1 + 1).min(rows) {
                    let row = &mut is_lit[y * columns..(y + 1) * columns];
                    row[column.saturating_sub(LAMP.0)..(column + LAMP.0 + 1).min(columns)].fill(true);
                }
            }
            last = cell;
        };
        for step in self.scene.glimpse().past {
            light(&step.from.point);
            for trial in &step.trials {
                light(&step.proposal.candidate(&step.from.point, trial.alpha));
            }
        }
        light(&self.scene.glimpse().here.point);
        for (trial, proposal) in
            self.scene.glimpse().trials.iter().zip(std::iter::repeat(self.scene.glimpse().proposal))
        {
            if let Some(proposal) = proposal {
                light(&proposal.candidate(&self.scene.glimpse().here.point, trial.alpha));
            }
        }
        light(&self.scene.glimpse().point().point);
        for hidden in (0..is_lit.len()).filter(|cell| !is_lit[*cell]) {
            raster.clear(hidden % columns, hidden / columns);
        }
        "fog: only what was probed".into()
    }
}

/// The second-order model at a shift along two axes.
fn taylor(value: f64, g: [f64; 2], h: &Matrix, s1: f64, s2: f64) -> f64 {
    value + g[0] * s1 + g[1] * s2 + 0.5 * (h[(0, 0)] * s1 * s1 + 2.0 * h[(0, 1)] * s1 * s2 + h[(1, 1)] * s2 * s2)
}

/// The angle between two vectors in degrees; none where one of them is 0 or not finite.
fn angle(one: &Vector, other: &Vector) -> Option<f64> {
    let cosine = product::cosine(one, other).filter(|cosine| cosine.is_finite())?;
    Some(cosine.clamp(-1.0, 1.0).acos().to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::app::run::scene::Scene;
    use crate::engine::record::Beat;
    use crate::view::map::picture::{self, Sight};
    use crate::view::paper::specimen::{
        THEMES, backtracking, draw_at_every_size, drawn, fixed, lesson, ravine, walk_to,
    };
    use crate::view::plot::memo::Memo;

    fn seen(sitting: &Sitting, overlay: Option<Overlay>, theme: Theme) -> String {
        drawn((60, 20), theme, |pad| {
            picture::draw(&Scene::of(sitting), Sight { overlay, ..Sight::default() }, pad, &mut Memo::default());
        })
    }

    #[test]
    fn every_layer_changes_the_map_below_its_caption() {
        let mut sitting = Sitting::open(lesson("10*x1^2 + x2^2/2 + x1^4", &[1.0, 2.0], &[fixed(0.02)])).unwrap();
        walk_to(&mut sitting, Beat::Direction);
        for theme in THEMES {
            let below = |overlay| seen(&sitting, overlay, theme).lines().skip(2).map(String::from).collect::<Vec<_>>();
            // Basins are sought by a key, which no panel presses.
            let silent = [Overlay::LookAhead, Overlay::Basins];
            for overlay in Overlay::ALL.into_iter().filter(|overlay| !silent.contains(overlay)) {
                assert_ne!(below(None), below(Some(overlay)), "{overlay:?}");
            }
            assert_eq!(below(None), below(Some(Overlay::LookAhead)));
        }
        assert!(seen(&sitting, Some(Overlay::LookAhead), THEMES[0]).contains("none, the base is xₜ"));
    }

    #[test]
    fn steepest_descent_stands_straight_on_the_border() {
        let mut sitting = ravine(backtracking());
        walk_to(&mut sitting, Beat::Direction);
        assert!(seen(&sitting, Some(Overlay::HalfPlane), THEMES[0]).contains("angle(∇f, d) = 180° > 90°"));
        assert!(seen(&sitting, Some(Overlay::EigenCross), THEMES[0]).contains("λ = 20, 1"));
    }

    #[test]
    fn the_model_is_the_second_order_taylor_polynomial() {
        let (g, h) = ([3.0, -1.0], Matrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 2.0]));
        // 7 + 3·2 − 1·(−1) + ½(4·4 + 2·1·2·(−1) + 2·1) = 21
        assert_eq!(taylor(7.0, g, &h, 2.0, -1.0), 21.0);
        let right = Vector::from_column_slice(&[1e300, 0.0]);
        assert_eq!(angle(&right, &Vector::from_column_slice(&[0.0, -1e-300])), Some(90.0));
        assert_eq!(angle(&right, &Vector::zeros(2)), None);
    }

    #[test]
    fn every_size_and_every_wild_place_is_drawn() {
        for (formula, start) in
            [("x1^4 + exp(x2)", [2.0, 1.0]), ("1/x1 + ln(x2)", [0.0, -1.0]), ("x1 + x2", [1e308, 0.0])]
        {
            let mut sitting = Sitting::open(lesson(formula, &start, &[fixed(1e300)])).unwrap();
            for _ in 0..4 {
                for overlay in Overlay::ALL {
                    seen(&sitting, Some(overlay), THEMES[0]);
                }
                sitting.step();
            }
        }
        let sitting = ravine(backtracking());
        for overlay in Overlay::ALL {
            draw_at_every_size(|pad| {
                let sight = Sight { overlay: Some(overlay), ..Sight::default() };
                picture::draw(&Scene::of(&sitting), sight, pad, &mut Memo::default());
            });
        }
    }
}
