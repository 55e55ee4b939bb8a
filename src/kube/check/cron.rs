//! Schedules of CronJobs. Pure. Source: Kubernetes, "CronJob", Schedule syntax; and `robfig/cron` 3.0.1 behind it, which knows
//! neither seconds nor `L`, `W`, `#`, and no 7 for Sunday, and says when a day comes. It takes a little more than Kubernetes
//! describes, and than we do: `@every 5m`, empty parts of a list.

use crate::naming::nearest;

/// What is wrong with a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub what: String,
    pub help: Option<String>,
    /// Kubernetes takes it all the same, and hardly as it is meant.
    pub is_taken: bool,
}

/// A field: what it is, its range, its words.
struct Field {
    name: &'static str,
    min: u32,
    max: u32,
    words: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { name: "minute", min: 0, max: 59, words: &[] },
    Field { name: "hour", min: 0, max: 23, words: &[] },
    Field { name: "day of the month", min: 1, max: 31, words: &[] },
    Field { name: "month", min: 1, max: 12, words: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
    Field { name: "day of the week", min: 0, max: 6, words: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];
/// Where in [`FIELDS`].
const DAY: usize = 2;
const MONTH: usize = 3;
const WEEKDAY: usize = 4;

/// Words for five fields.
const MACROS: [&str; 7] = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

const ORDER: &str = "minute, hour, day of the month, month, day of the week: `0 3 * * *` is each day at three";

/// All that is wrong with a schedule; nothing where Kubernetes takes it, describes it, and it comes to pass.
pub(super) fn mistakes(schedule: &str) -> Vec<Mistake> {
    let (typed, schedule) = (schedule, schedule.trim());
    if let Some((_, zone)) = ["TZ=", "CRON_TZ="].iter().find_map(|head| schedule.strip_prefix(head).map(|rest| (head, rest))) {
        let zone = zone.split_whitespace().next().unwrap_or_default();
        return vec![mistake("Kubernetes takes no time zone inside a schedule", Some(format!("give it with `--tz {zone}`")))];
    }
    if schedule.starts_with('@') {
        let mut mistakes = named(schedule);
        if mistakes.is_empty() && typed != schedule {
            mistakes.push(mistake("such a word has no blank beside it", Some(format!("write `{schedule}`"))));
        }
        return mistakes;
    }
    let texts: Vec<&str> = schedule.split_whitespace().collect();
    if texts.len() != FIELDS.len() {
        let what = format!("a schedule has five fields, this has {}", texts.len());
        let seconds = if texts.len() == 6 { "Kubernetes counts no seconds; " } else { "" };
        return vec![mistake(what, Some(format!("{seconds}{ORDER}")))];
    }
    let mut mistakes = Vec::new();
    let values: Vec<Values> = FIELDS.iter().zip(&texts).map(|(field, text)| field.values(text, &mut mistakes)).collect();
    // Where both choose, a day of either comes; else it must be one of both, and a field that does not choose has them all.
    let needs_day = values[DAY].is_any || values[WEEKDAY].is_any;
    if mistakes.iter().all(|mistake| mistake.is_taken) && needs_day && !comes(values[DAY].bits, values[MONTH].bits) {
        mistakes.push(mistake("no such month has such a day, so it never runs", None));
    }
    mistakes
}

/// What is wrong with a word for five fields.
fn named(schedule: &str) -> Vec<Mistake> {
    if MACROS.contains(&schedule) {
        return Vec::new();
    }
    if schedule.split_whitespace().next() == Some("@every") {
        let help = "by the clock instead: `*/5 * * * *` is each five minutes, `0 */2 * * *` each two hours";
        return vec![mistake("ctl takes no `@every`, which Kubernetes does not describe", Some(help.to_owned()))];
    }
    let help = match nearest(schedule, MACROS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is: {}", MACROS.join(", ")),
    };
    vec![mistake("Kubernetes has no such word", Some(help))]
}

/// Whether any of these months has any of these days, in some year.
fn comes(days: u64, months: u64) -> bool {
    const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let first = days.trailing_zeros();
    (1..).zip(LENGTHS).any(|(month, length)| months & (1 << month) != 0 && first <= length)
}

/// What a field names.
#[derive(Debug, Clone, Copy, Default)]
struct Values {
    /// The numbers.
    bits: u64,
    /// Whether one of its parts is `*` or `?` without a step above 1: the field does not choose, says `robfig/cron`.
    is_any: bool,
}

impl Field {
    fn values(&self, text: &str, mistakes: &mut Vec<Mistake>) -> Values {
        let mut values = Values::default();
        for part in text.split(',') {
            match self.part(part, mistakes) {
                Ok(part) => values = Values { bits: values.bits | part.bits, is_any: values.is_any || part.is_any },
                Err(mistake) => mistakes.push(mistake),
            }
        }
        values
    }

    /// `*`, `5`, `5-9`, `mon-fri`, each with `/2` behind it; `5/2` goes on to the end.
    fn part(&self, part: &str, mistakes: &mut Vec<Mistake>) -> Result<Values, Mistake> {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        let is_star = matches!(range, "*" | "?");
        let (start, end) = match range.split_once('-') {
            _ if is_star => (self.min, self.max),
            None if step.is_some() => (self.number(range)?, self.max),
            None => (self.number(range)?, self.number(range)?),
            Some((start, end)) => (self.number(start)?, self.number(end)?),
        };
        if start > end {
            let (first, last) = range.split_once('-').unwrap_or_default();
            let whole = |from: &str, to: u32| if self.number(from) == Ok(to) { from.to_owned() } else { format!("{from}-{to}") };
            let end = if self.number(last) == Ok(self.min) { last.to_owned() } else { format!("{}-{last}", self.min) };
            let help = format!("write `{},{end}`", whole(first, self.max));
            return Err(mistake(format!("`{range}` ends before it begins ({})", self.name), Some(help)));
        }
        let step = step.map_or(Ok(1), |step| self.step(step))?;
        if start < end && step > usize::try_from(end - start).unwrap_or(usize::MAX) {
            let what = format!("`{part}` is {start} alone ({}): the step leads out of {start} to {end}", self.name);
            mistakes.push(Mistake { is_taken: true, ..mistake(what, Some(format!("write `{start}`"))) });
        }
        Ok(Values { bits: (start..=end).step_by(step).fold(0, |bits, value| bits | 1 << value), is_any: is_star && step == 1 })
    }

    fn step(&self, step: &str) -> Result<usize, Mistake> {
        let found = digits(step).filter(|step| *step > 0).and_then(|step| usize::try_from(step).ok());
        found.ok_or_else(|| mistake(format!("`/{}` is no step ({}): a number above 0", visible(step), self.name), None))
    }

    fn number(&self, text: &str) -> Result<u32, Mistake> {
        let word = || self.words.iter().position(|word| text.eq_ignore_ascii_case(word)).and_then(|at| u32::try_from(at).ok());
        let found = digits(text).or_else(|| word().map(|at| at + self.min)).filter(|number| (self.min..=self.max).contains(number));
        found.ok_or_else(|| {
            let words = match (self.words.first(), self.words.last()) {
                (Some(first), Some(last)) => format!(", or `{first}` to `{last}`"),
                _ => String::new(),
            };
            let what = format!("`{}` is no {}: {} to {}{words}", visible(text), self.name, self.min, self.max);
            let sunday = self.max == 6 && text == "7";
            mistake(what, sunday.then(|| "Sunday is 0".to_owned()))
        })
    }
}

/// A number of digits alone, which Go's reader takes too.
fn digits(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn visible(text: &str) -> String {
    text.escape_default().to_string()
}

fn mistake(what: impl Into<String>, help: Option<String>) -> Mistake {
    Mistake { what: what.into(), help, is_taken: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules() {
        let rows = [
            "0 3 * * *",
            "*/5 * * * *",
            "0 0 1,15 * ?",
            "0 9-17/2 * jan-MAR mon-fri",
            "5/15 0 29 2 *",
            "@daily",
            " 0 0 31 2 1 ",
            "0 0 31 1,2 *",
            // A step chooses: of the weekdays, and one of them is enough.
            "0 0 31 2 */2",
            "0 0 31 2 ?/2",
            "0 0 */2 2 *",
        ];
        for schedule in rows {
            assert_eq!(mistakes(schedule), [], "{schedule}");
        }
    }

    #[test]
    fn what_is_no_schedule() {
        let rows: [(&str, &[&str]); 29] = [
            ("", &["a schedule has five fields, this has 0"]),
            ("0 3 * *", &["a schedule has five fields, this has 4"]),
            ("0 0 3 * * *", &["a schedule has five fields, this has 6"]),
            (
                "60 24 0 13 7",
                &[
                    "`60` is no minute: 0 to 59",
                    "`24` is no hour: 0 to 23",
                    "`0` is no day of the month: 1 to 31",
                    "`13` is no month: 1 to 12, or `jan` to `dec`",
                    "`7` is no day of the week: 0 to 6, or `sun` to `sat`",
                ],
            ),
            ("* 22-5 * * *", &["`22-5` ends before it begins (hour)"]),
            ("*/0 * * * *", &["`/0` is no step (minute): a number above 0"]),
            ("*/x * * * *", &["`/x` is no step (minute): a number above 0"]),
            ("1/2/3 * * * *", &["`/2/3` is no step (minute): a number above 0"]),
            ("*/99999999999 * * * *", &["`/99999999999` is no step (minute): a number above 0"]),
            ("@daily ", &["such a word has no blank beside it"]),
            ("\t@dayly", &["Kubernetes has no such word"]),
            ("1-2-3 * * * *", &["`2-3` is no minute: 0 to 59"]),
            ("*-5 * * * *", &["`*` is no minute: 0 to 59"]),
            ("+5 * * * *", &["`+5` is no minute: 0 to 59"]),
            ("-5 * * * *", &["`` is no minute: 0 to 59"]),
            ("1,,2 * * * *", &["`` is no minute: 0 to 59"]),
            ("99999999999 * * * *", &["`99999999999` is no minute: 0 to 59"]),
            ("0 0 L * *", &["`L` is no day of the month: 1 to 31"]),
            ("0 0 * * 5#3", &["`5#3` is no day of the week: 0 to 6, or `sun` to `sat`"]),
            ("0 0 * January *", &["`January` is no month: 1 to 12, or `jan` to `dec`"]),
            ("0 0 30 2 *", &["no such month has such a day, so it never runs"]),
            // A star does not choose, in a list or with a step of 1.
            ("0 0 31 2 ?", &["no such month has such a day, so it never runs"]),
            ("0 0 31 2 1,*", &["no such month has such a day, so it never runs"]),
            ("0 0 31 2 */2,*", &["no such month has such a day, so it never runs"]),
            ("0 0 31 2 */1", &["no such month has such a day, so it never runs"]),
            ("@dayly", &["Kubernetes has no such word"]),
            ("@every 5m", &["ctl takes no `@every`, which Kubernetes does not describe"]),
            ("@everyday", &["Kubernetes has no such word"]),
            ("TZ=Asia/Shanghai 0 3 * * *", &["Kubernetes takes no time zone inside a schedule"]),
        ];
        for (schedule, expected) in rows {
            let found: Vec<String> = mistakes(schedule).into_iter().map(|mistake| mistake.what).collect();
            assert_eq!(found, expected, "{schedule}");
        }
    }

    #[test]
    fn steps_that_lead_out_are_taken() {
        let rows = [
            ("*/60 * * * *", "`*/60` is 0 alone (minute): the step leads out of 0 to 59"),
            ("0 */24 * * *", "`*/24` is 0 alone (hour): the step leads out of 0 to 23"),
            ("0 0 */31 * *", "`*/31` is 1 alone (day of the month): the step leads out of 1 to 31"),
            ("0 0 1 */12 *", "`*/12` is 1 alone (month): the step leads out of 1 to 12"),
            ("0 9-17/9 * * *", "`9-17/9` is 9 alone (hour): the step leads out of 9 to 17"),
        ];
        for (schedule, expected) in rows {
            let found = mistakes(schedule);
            assert!(found.len() == 1 && found[0].is_taken && found[0].what == expected, "{schedule}: {found:?}");
        }
        for schedule in ["*/59 * * * *", "0 9-17/8 * * *", "59/2 * * * *", "0 5-5/2 * * *"] {
            assert_eq!(mistakes(schedule), [], "{schedule}");
        }
        assert_eq!(mistakes("*/60 0 31 2 *").iter().filter(|mistake| !mistake.is_taken).count(), 1);
    }

    #[test]
    fn what_to_write_instead() {
        let rows = [
            ("* 22-5 * * *", "write `22-23,0-5`"),
            ("* * * * fri-sun", "write `fri-6,sun`"),
            ("* * * * sat-sun", "write `sat,sun`"),
            ("CRON_TZ=UTC 0 3 * * *", "give it with `--tz UTC`"),
            ("* * * * 7", "Sunday is 0"),
            ("@dayly", "did you mean `@daily`?"),
            (" @daily", "write `@daily`"),
            ("0 */24 * * *", "write `0`"),
        ];
        for (schedule, expected) in rows {
            assert_eq!(mistakes(schedule)[0].help.as_deref(), Some(expected), "{schedule}");
        }
    }
}
