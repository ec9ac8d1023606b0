//! The landscape from above: lines of equal height, the path so far, the trials on their ray.

use crate::app::look::overlay::{Overlay, Refusal};
use crate::app::look::viewport::Viewport;
use crate::app::run::scene::Scene;
use crate::engine::number::trimmed;
use crate::objective::point::Point;
use crate::view::map::basins;
use crate::view::map::compared;
use crate::view::map::contour::{Contour, Grid, Levels};
use crate::view::map::line;
use crate::view::map::overlay;
use crate::view::map::pin::Pin;
use crate::view::map::plane::Plane;
use crate::view::map::runs::Runs;
use crate::view::map::sheet::{AROUND, Sheet, beside, ends, magnified};
use crate::view::paper::frame::Frame;
use crate::view::paper::pad::Pad;
use crate::view::paper::raster::Raster;
use crate::view::paper::spelling::Mark;
use crate::view::paper::theme::{Ink, Theme};
use crate::view::paper::typeset;
use crate::view::plot::memo::{MapKey, Memo};

/// Units of the two axes may differ by so much before the frame says so.
const MOST_STRETCH: f64 = 1.25;

/// How the map is looked at.
#[derive(Clone, Copy, Default)]
pub struct Sight {
    /// What lies over the map.
    pub overlay: Option<Overlay>,
    /// Why that is not drawn here.
    pub refusal: Option<Refusal>,
    /// Which part is in view.
    pub viewport: Viewport,
}

/// Draws the map; for an objective of one variable its curve.
pub fn draw(scene: &Scene<'_>, sight: Sight, pad: &mut Pad<'_>, memo: &mut Memo) {
    let Sight { overlay, refusal, viewport } = sight;
    let (area, theme) = (pad.area, pad.theme);
    if scene.run().objective().dimension() == 1 {
        return line::draw(scene, viewport, pad);
    }
    let window = window(scene, viewport);
    let plane = Plane::of(scene);
    let slice =
        format!("{}{}", compared::name(scene), plane.title().map_or_else(String::new, |slice| format!("{slice}   ")));
    let title = format!("{slice}f = {}", typeset::subject(scene.scenario().subject()));
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let more = magnified(viewport) + &compared::height(scene);
    let bottom = ranges(window, &more, plane.names(), pad);
    let mut raster = Raster::new(columns, rows, theme.glyphs);
    let sheet = Sheet::new(plane, window, &raster);
    let key = MapKey {
        subject: scene.scenario().subject().clone(),
        window,
        plane: sheet.plane.clone(),
        dots: (raster.width(), raster.height()),
        levels: Levels::count_for(theme.glyphs),
    };
    let (contour, drawn) = memo.contour(key, &raster, |key| contour(scene, key));
    raster.clone_from(drawn);
    let levels = contour.levels.clone();
    let basins = scene.basins().filter(|_| overlay == Some(Overlay::Basins) && refusal.is_none());
    let heights = heights(&levels, &title, area.width, theme);
    let (title, heights) = match basins {
        Some(basins) => (format!("basins {}", basins::shares(basins)), String::new()),
        // Two formulas are there to be compared: both stand in full before the heights do.
        None if scene.name().is_some() => (title, heights),
        None => (beside(&title, &slice, &heights, area.width, theme), heights),
    };
    let inner = Frame { title: &title, right: &heights, bottom: &bottom }.draw(pad);
    if inner.width == 0 || inner.height == 0 {
        return;
    }
    let marks = KnownMarks { theme, sheet: &sheet };
    marks.known(scene, &mut raster);
    let ground = overlay::OverlayGround { scene, levels: &levels, sheet: &sheet, theme };
    let caption = overlay.map(|overlay| match refusal {
        Some(why) => format!("{}: {}", overlay.name(), why.words()),
        None => ground.draw(overlay, &mut raster),
    });
    if let Some(basins) = basins {
        marks.put(&basins.minima, Mark::Minimum, Ink::Minimum, &mut raster);
        marks.known(scene, &mut raster);
    }
    let runs = Runs { scene, theme, sheet: &sheet };
    runs.draw(&mut raster, memo);
    raster.paint(theme, inner, pad.cells);
    runs.point_outside(inner, pad);
    compared::tell_ending(scene, inner, pad);
    if let Some(caption) = caption.filter(|caption| !caption.is_empty()) {
        pad.put(&format!(" {caption} "), Ink::Emphasis, (inner.x, inner.y), inner.width);
    }
}

/// Marks where the start is being moved to, on the map that was drawn in the same place.
pub fn mark_point(scene: &Scene<'_>, point: &Pin, viewport: Viewport, pad: &mut Pad<'_>) {
    let (Pin { at: point, mark, is_moving }, area, theme) = (point, pad.area, pad.theme);
    let (columns, rows) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let raster = Raster::new(columns, rows, theme.glyphs);
    let sheet = Sheet::new(Plane::of(scene), window(scene, viewport), &raster);
    let place = match point.as_slice() {
        // A curve has no second coordinate: a point is marked on the lower edge.
        [x] => sheet.across.dot(*x).map(|dot| (dot, raster.height() as f64 - 1.0)),
        _ => sheet.place(&Point::from_column_slice(point)),
    };
    if let Some((column, row)) = place.and_then(|place| raster.cell_at(place)) {
        let at = (area.x + 1 + column, area.y + 1 + row);
        let is_taken = [Mark::Here, Mark::Start].iter().any(|mark| pad.cells[at].symbol() == theme.symbol(*mark));
        if *is_moving || !is_taken {
            pad.put(theme.symbol(*mark), Ink::Chosen, at, 1);
        }
    }
}

/// The heights of the lowest and the highest line; not said to be lines where that leaves a long title whole.
fn heights(levels: &Levels, title: &str, width: u16, theme: Theme) -> String {
    let count = levels.count();
    if count < 2 {
        return String::new();
    }
    let brief = format!("{}…{}", levels.name(1), levels.name(count - 1));
    let heights = format!("lines {brief}");
    let count = |text: &str| theme.text(text).chars().count();
    let is_whole = |heights: &str| count(title) + count(heights) + AROUND <= usize::from(width);
    if !is_whole(&heights) && is_whole(&brief) { brief } else { heights }
}

/// What the axes show, and, where there is room, which of them has the longer units on the screen.
fn ranges(window: [[f64; 2]; 2], more: &str, [first, second]: [String; 2], pad: &Pad<'_>) -> String {
    let (columns, rows) = (pad.area.width.saturating_sub(2), pad.area.height.saturating_sub(2));
    let ranges = format!("{first} {}   {second} {}{more}", ends(window[0]), ends(window[1]));
    let ratio = stretch(window, [columns, rows]);
    let (name, times) = if ratio > 1.0 { (first, ratio) } else { (second, 1.0 / ratio) };
    let whole = format!("{ranges}  {name} drawn {}×", trimmed(times, 2));
    let is_worth_saying = times > MOST_STRETCH && times.is_finite();
    let has_room = pad.theme.text(&whole).chars().count() + 2 <= usize::from(columns);
    if is_worth_saying && has_room { whole } else { ranges }
}

/// How much longer a unit of the first axis is drawn than one of the second.
fn stretch(window: [[f64; 2]; 2], [columns, rows]: [u16; 2]) -> f64 {
    let [across, up] = window.map(|[low, high]| high - low);
    // A cell of a terminal is about twice as high as it is wide.
    f64::from(columns) / across / (2.0 * f64::from(rows) / up)
}

fn window(scene: &Scene<'_>, viewport: Viewport) -> [[f64; 2]; 2] {
    let window = &scene.scenario().window;
    [0, 1].map(|axis| viewport.window(axis, window.get(axis).copied().unwrap_or([-1.0, 1.0])))
}

fn contour(scene: &Scene<'_>, key: &MapKey) -> Contour {
    let run = scene.run();
    let objective = run.objective();
    let at = std::cell::RefCell::new(key.plane.blank());
    let height = |first: f64, second: f64| {
        let mut at = at.borrow_mut();
        key.plane.put([first, second], &mut at);
        objective.value(&at)
    };
    Contour::of(Grid::sample(key.dots.0, key.dots.1, key.window, height), key.levels)
}

/// The points that are known of a landscape, and where they are drawn.
struct KnownMarks<'a> {
    theme: Theme,
    sheet: &'a Sheet,
}

impl KnownMarks<'_> {
    fn known(&self, scene: &Scene<'_>, raster: &mut Raster) {
        let known = scene.known_of(0);
        let points = |rows: &[Vec<f64>]| rows.iter().map(|row| Point::from_column_slice(row)).collect::<Vec<Point>>();
        self.put(&points(&known.saddles), Mark::Saddle, Ink::Saddle, raster);
        self.put(&points(&known.points), Mark::Minimum, Ink::Minimum, raster);
    }

    fn put(&self, points: &[Point], mark: Mark, ink: Ink, raster: &mut Raster) {
        for point in points.iter().filter(|point| point.len() >= 2) {
            raster.stamp_at(self.sheet.place(point), self.theme.symbol(mark), ink);
        }
    }
}
