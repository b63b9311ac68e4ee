namespace EdgeHub.Quickstart.Parts;

/// <summary>Something in the morning was not as it should be; the message says it in plain words.</summary>
public sealed class MorningFault(string message) : Exception(message)
{
    /// <summary>What a part of the morning may meet without the morning itself being at fault; an answer that takes too long too.</summary>
    public static bool IsOne(Exception exception) => exception
        is MorningFault or HttpRequestException or IOException or System.Text.Json.JsonException
        or TaskCanceledException { InnerException: TimeoutException };

    /// <exception cref="MorningFault">The condition does not hold.</exception>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new MorningFault(message);
        }
    }
}
