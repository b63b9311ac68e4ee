namespace EdgeHub.Hub.Jobs;

/// <summary>One kind of work in the background. <see cref="RunOnce"/> takes the next bounded piece of it and comes back; the
/// loop that calls it stands in <see cref="JobLoop"/>, so that a test or a simulator can call the step by itself.</summary>
public interface IJobStep
{
    /// <summary>Plain word for logs and status, for example "settlement".</summary>
    string Name { get; }

    /// <summary>True when something was done and more may wait; false when nothing waits.</summary>
    bool RunOnce();
}
