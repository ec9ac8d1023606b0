//! What is costly to draw and does not change: the heights of the map, the paths so far. A pure cache, never a state.

use std::sync::Arc;

use crate::app::look::appearance::Glyphs;
use crate::app::run::visible::SeenRun;
use crate::engine::record::Step;
use crate::lesson::schema::Lesson;
use crate::objective::point::Point;
use crate::objective::subject::Subject;
use crate::view::map::contour::Contour;
use crate::view::map::plane::Plane;
use crate::view::map::trail::Trail;
use crate::view::paper::raster::Raster;
use crate::view::plot::series::Series;

/// What a map was drawn from: its objective, its window, its plane, its dots and its levels.
#[derive(Debug, Clone)]
pub struct MapKey {
    /// What is drawn; constants with other values make another subject.
    pub subject: Subject,
    pub window: [[f64; 2]; 2],
    /// The plane; in two dimensions it never changes.
    pub plane: Plane,
    /// Dots across and down.
    pub dots: (usize, usize),
    /// How many levels.
    pub levels: usize,
}

impl PartialEq for MapKey {
    fn eq(&self, other: &Self) -> bool {
        self.subject == other.subject
            && (self.window, &self.plane) == (other.window, &other.plane)
            && (self.dots, self.levels) == (other.dots, other.levels)
    }
}

/// The last maps, the paths on them, and what charts were drawn from.
#[derive(Clone, Default)]
pub struct Memo {
    /// The one drawn last stands last.
    maps: Vec<(MapKey, Contour, Raster)>,
    trails: Vec<Trail>,
    series: Vec<Series>,
    page_lines: Option<(Arc<Lesson>, usize, Glyphs, usize)>,
}

/// So many maps are on a screen at most.
const MOST_MAPS: usize = 2;
/// So many paths or series are kept at most.
const MOST: usize = 24;

impl Memo {
    /// The contours of that key, and the empty sheet with them drawn on it; computed if they are not at hand.
    pub fn contour(
        &mut self,
        key: MapKey,
        sheet: &Raster,
        compute: impl FnOnce(&MapKey) -> Contour,
    ) -> (&Contour, &Raster) {
        let is_it = |(known, _, drawn): &(MapKey, Contour, Raster)| *known == key && drawn.is_as_large_as(sheet);
        let map = if let Some(index) = self.maps.iter().position(is_it) {
            self.maps.remove(index)
        } else {
            let (contour, mut drawn) = (compute(&key), sheet.clone());
            contour.paint(&mut drawn);
            (key, contour, drawn)
        };
        if self.maps.len() == MOST_MAPS {
            self.maps.remove(0);
        }
        self.maps.push(map);
        let (_, contour, drawn) = &self.maps[self.maps.len() - 1];
        (contour, drawn)
    }

    /// The lines of the longest page of a lesson in so many columns.
    pub fn page_lines(
        &mut self,
        lesson: &Arc<Lesson>,
        width: usize,
        glyphs: Glyphs,
        count: impl FnOnce(&Lesson) -> usize,
    ) -> usize {
        let known = self.page_lines.take().filter(|(known, columns, letters, _)| {
            Arc::ptr_eq(known, lesson) && (*columns, *letters) == (width, glyphs)
        });
        self.page_lines.insert(known.unwrap_or_else(|| (Arc::clone(lesson), width, glyphs, count(lesson)))).3
    }

    /// The path of a run, drawn as far as the run is. `place` tells where a point lies.
    pub fn trail(
        &mut self,
        run: SeenRun<'_>,
        window: [[f64; 2]; 2],
        raster: &Raster,
        place: impl Fn(&Point) -> Option<(f64, f64)>,
    ) -> &Trail {
        let known = self.trails.iter().position(|trail| trail.is_of(run, window, raster));
        let index = entry(&mut self.trails, known, || Trail::new(run, window, raster));
        self.trails[index].follow(run, raster, place);
        &self.trails[index]
    }

    /// The number of that name, of every step of a run.
    pub fn series(&mut self, name: &str, run: SeenRun<'_>, value: impl Fn(&Step) -> f64) -> &Series {
        let known = self.series.iter().position(|series| series.is_of(name, run));
        let index = entry(&mut self.series, known, || Series::new(name, run));
        self.series[index].follow(run, value);
        &self.series[index]
    }
}

/// The place of what is known, else of something new; what was kept longest goes when there is no room.
fn entry<T>(kept: &mut Vec<T>, known: Option<usize>, new: impl FnOnce() -> T) -> usize {
    known.unwrap_or_else(|| {
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push(new());
        kept.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::room::sitting::Sitting;
    use crate::app::run::scene::Scene;
    use crate::lesson::file::read::read;
    use crate::view::map::contour::Grid;
    use crate::view::map::picture::{self, Sight};
    use crate::view::paper::specimen::{THEMES, drawn};
    use std::collections::BTreeMap;

    /// Two objectives with the same text in the same window, but another constant: the maps differ, and a step draws
    /// neither anew.
    #[test]
    fn two_maps_stay_while_their_runs_go_on() {
        let source = include_str!("../../../tests/sound/compare.toml");
        let mut sitting = Sitting::open(read("compare", source).unwrap().0).unwrap();
        sitting.turn_to(1).unwrap();
        let mut memo = Memo::default();
        let mut shown = |sitting: &Sitting| {
            let scenes = [Scene::of(sitting), Scene::compared(sitting).unwrap()];
            let maps = scenes
                .map(|scene| drawn((40, 15), THEMES[0], |pad| picture::draw(&scene, Sight::default(), pad, &mut memo)));
            (maps, memo.maps.iter().map(|(key, ..)| key.subject.clone()).collect::<Vec<_>>())
        };
        let ([one, other], first) = shown(&sitting);
        assert_eq!(first.len(), 2);
        assert_ne!(one.lines().nth(9), other.lines().nth(9), "{one}{other}");
        while sitting.step() {
            assert_eq!(shown(&sitting).1, first);
        }

        let plane = Plane::coordinates(&Point::zeros(2), [0, 1]);
        let sheet = Raster::new(4, 4, Glyphs::Braille);
        let key = |window: f64| MapKey {
            subject: sitting.subject().clone(),
            window: [[0.0, window]; 2],
            plane: plane.clone(),
            dots: (8, 16),
            levels: 3,
        };
        let mut computed: BTreeMap<u64, usize> = BTreeMap::new();
        let mut memo = Memo::default();
        // One map keeps changing, as a slice does; the other one is computed once all the same.
        for window in [1.0, 2.0, 1.0, 3.0, 1.0, 4.0, 1.0] {
            memo.contour(key(window), &sheet, |key| {
                *computed.entry(window as u64).or_default() += 1;
                Contour::of(Grid::sample(key.dots.0, key.dots.1, key.window, |x, y| x + y), key.levels)
            });
        }
        assert!(computed.values().all(|count| *count == 1), "{computed:?}");
    }
}
