namespace EdgeHub.Quickstart.Parts;

/// <summary>Something in the morning was not as it should be; the message says it in plain words.</summary>
public sealed class MorningFault(string message) : Exception(message)
{
    /// <exception cref="MorningFault">The condition does not hold.</exception>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new MorningFault(message);
        }
    }
}
