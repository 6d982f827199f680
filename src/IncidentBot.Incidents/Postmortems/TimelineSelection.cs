using IncidentBot.Incidents.Timeline;

namespace IncidentBot.Incidents.Postmortems;

/// <summary>
/// The bullets that fit into a number of words. Rank by rank, the more relevant first; required bullets, actions and
/// assumptions are shortened before any of them is dropped, and are given back their length where room is left.
/// </summary>
/// <param name="Bullets">In the order in which they occurred.</param>
/// <param name="LeftOut">How many entries of the full timeline no bullet stands for.</param>
public sealed record TimelineSelection(IReadOnlyList<TimelineBullet> Bullets, int LeftOut)
{
    /// <summary>
    /// However long the human text of the draft is, this many words are free for the bullets that the timeline must have;
    /// a draft without its detection, escalations and resolution would be of no use.
    /// </summary>
    public const int Floor = 100;

    /// <summary>Which bullets give way next (actions and assumptions, or the required ones), and to which of their shorter forms.</summary>
    private static readonly (bool IsWork, int Level)[] _squeeze =
        [(true, 1), (true, 2), (false, 1), (false, 2), (true, 3), (false, 3), (true, 4), (false, 4)];

    private const int LongestBullet = 60;
    private const int LongestMinorBullet = 32;

    public static TimelineSelection Empty(IReadOnlyList<TimelineCandidate> candidates) => new([], candidates.Sum(c => c.EntryCount));

    public static TimelineSelection Choose(IReadOnlyList<TimelineCandidate> candidates, int wordBudget)
    {
        var slots = candidates.Select(c => new Slot(c)).ToList();
        var shown = new Shown();
        KeepWork(slots, shown, wordBudget);
        AddMinor(slots, shown, wordBudget);
        return new TimelineSelection(
            [.. slots.Where(s => s.IsKept).Select(s => s.Current)],
            slots.Where(s => !s.IsKept).Sum(s => s.Candidate.EntryCount));
    }

    /// <summary>Everything up to <see cref="TimelineRank.Work"/>: shortened where there is no room, dropped only then.</summary>
    private static void KeepWork(List<Slot> slots, Shown shown, int wordBudget)
    {
        // The least wanted first: they are the first to give.
        var giving = slots.Where(s => s.Candidate.Rank <= TimelineRank.Work)
            .OrderByDescending(s => s.Candidate.Rank).ThenBy(s => s.Candidate.Relevance).ThenByDescending(s => s.Candidate.Bullet.Number)
            .ToList();
        foreach (var slot in giving)
            shown.Keep(slot, 0);

        bool isTooLong() => shown.Words > wordBudget;
        foreach (var (isWork, level) in _squeeze)
        {
            foreach (var slot in giving.Where(s => s.Candidate.Rank == TimelineRank.Work == isWork).TakeWhile(_ => isTooLong()))
                shown.Keep(slot, Math.Max(slot.Level, level));
        }

        int floor = Math.Max(wordBudget, Floor);
        foreach (var slot in giving.Where(s => s.Candidate.Rank == TimelineRank.Work).TakeWhile(_ => isTooLong()))
            shown.Drop(slot);
        foreach (var slot in giving.Where(s => s.Candidate.Rank == TimelineRank.Required).TakeWhile(_ => shown.Words > floor))
            shown.Drop(slot);

        foreach (var slot in Enumerable.Reverse(giving).Where(s => !s.IsKept))
            shown.TryAdd(slot, Slot.LastLevel, wordBudget);
        foreach (var slot in Enumerable.Reverse(giving).Where(s => s.IsKept))
            shown.Lengthen(slot, wordBudget);
    }

    private static void AddMinor(List<Slot> slots, Shown shown, int wordBudget)
    {
        var minor = slots.Where(s => s.Candidate.Rank > TimelineRank.Work)
            .OrderBy(s => s.Candidate.Rank).ThenByDescending(s => s.Candidate.Relevance).ThenBy(s => s.Candidate.Bullet.Number);
        foreach (var slot in minor)
            shown.TryAdd(slot, 0, wordBudget);
    }

    /// <summary>A candidate with its shorter forms: both sentences, the first, some 20 words of it, some 10, fewer still.</summary>
    private sealed class Slot
    {
        public const int LastLevel = 4;

        private readonly TimelineBullet?[] _forms = new TimelineBullet?[LastLevel + 1];

        public Slot(TimelineCandidate candidate) => Candidate = candidate;

        public TimelineCandidate Candidate { get; }

        public bool IsKept { get; set; }

        public int Level { get; set; }

        public TimelineBullet Current => Form(Level);

        public TimelineBullet Form(int level) => _forms[level] ??= Candidate.Bullet with { Text = Text(level) };

        private string Text(int level)
        {
            var text = Candidate.Bullet.Text;
            int longest = Candidate.Rank <= TimelineRank.Work ? LongestBullet : LongestMinorBullet;
            return level switch
            {
                0 => Words.First(Sentences.First(text, 2), longest, 600),
                1 => Words.First(Sentences.First(text, 1), longest, 600),
                2 => Words.First(Sentences.First(text, 1), 20, 240),
                // Whom it was escalated to, and the answer, stand in the label.
                4 when Candidate.Bullet.Kind == EntryKind.Escalated => "",
                4 when Candidate.Rank != TimelineRank.Anchor => Words.First(Sentences.First(text, 1), 7, 90),
                _ => Words.First(Sentences.First(text, 1), 10, 120),
            };
        }
    }

    /// <summary>The words of what is kept so far, a heading per date included when there are several.</summary>
    private sealed class Shown
    {
        private readonly Dictionary<DateOnly, int> _perDate = [];
        private int _bulletWords;

        public int Words => _bulletWords + DateWords(_perDate.Count);

        public void Keep(Slot slot, int level)
        {
            if (slot.IsKept)
                _bulletWords -= slot.Current.WordCount;
            else
                _perDate[Date(slot)] = _perDate.GetValueOrDefault(Date(slot)) + 1;
            slot.IsKept = true;
            slot.Level = level;
            _bulletWords += slot.Current.WordCount;
        }

        public void Drop(Slot slot)
        {
            _bulletWords -= slot.Current.WordCount;
            slot.IsKept = false;
            if (--_perDate[Date(slot)] == 0)
                _perDate.Remove(Date(slot));
        }

        /// <summary>Gives a shortened bullet as much of its length back as there is room for.</summary>
        public void Lengthen(Slot slot, int wordBudget)
        {
            for (int level = 0; level < slot.Level; level++)
            {
                if (Words - slot.Current.WordCount + slot.Form(level).WordCount > wordBudget)
                    continue;
                Keep(slot, level);
                return;
            }
        }

        public void TryAdd(Slot slot, int firstLevel, int wordBudget)
        {
            int dates = _perDate.ContainsKey(Date(slot)) ? _perDate.Count : _perDate.Count + 1;
            int room = wordBudget - _bulletWords - DateWords(dates);
            // A bullet takes two words at least, so a full timeline is not searched through to the end word by word.
            for (int level = firstLevel; room >= 2 && level <= Slot.LastLevel; level++)
            {
                if (slot.Form(level).WordCount > room)
                    continue;
                Keep(slot, level);
                return;
            }
        }

        private static int DateWords(int dates) => dates > 1 ? dates : 0;

        private static DateOnly Date(Slot slot) => slot.Candidate.Bullet.Date;
    }
}
