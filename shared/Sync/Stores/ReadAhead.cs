namespace EdgeHub.Sync.Stores;

/// <summary>Answers that were read for many keys at once, before each is asked for. Whoever changes what an answer rests on drops it in
/// the same breath. It goes with the transaction, and whole where anything of the transaction is taken back.</summary>
public sealed class ReadAhead
{
    private readonly Dictionary<(string Question, object Key), object> _answers = [];

    /// <param name="question">Names it, for example the statement for one key.</param>
    public void Keep(string question, object key, object answer) => _answers[(question, key)] = answer;

    /// <summary>The rows of each key; none where no row has it.</summary>
    public void Keep<TKey, T>(string question, IEnumerable<TKey> keys, IEnumerable<T> rows, Func<T, TKey> keyOf) where TKey : notnull
    {
        var found = rows.ToLookup(keyOf);
        foreach (var key in keys)
        {
            Keep(question, key, (IReadOnlyList<T>)[.. found[key]]);
        }
    }

    /// <summary>The answer as it was kept; the default: nothing is.</summary>
    public T? Of<T>(string question, object key) => _answers.TryGetValue((question, key), out var answer) ? (T)answer : default;

    public void Drop(string question, object key) => _answers.Remove((question, key));

    public void Forget() => _answers.Clear();
}
