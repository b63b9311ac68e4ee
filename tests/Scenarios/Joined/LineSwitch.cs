using System.Net;

namespace EdgeHub.Tests.Scenarios.Joined;

/// <summary>The cable between a clinic and the hub: what goes over it is the real HTTP, unless it is pulled out.</summary>
internal sealed class LineSwitch() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    /// <summary>False: nothing comes through.</summary>
    public bool Up { get; set; } = true;

    /// <summary>Batches reach the hub, but their answers do not come back.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Where a request goes instead; null: where it says.</summary>
    public Func<Uri, Uri>? Route { get; set; }

    /// <summary>Answers lost so far.</summary>
    public int Lost { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!Up)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "the line is cut");
        }
        request.RequestUri = Route?.Invoke(request.RequestUri!) ?? request.RequestUri;
        var answer = await base.SendAsync(request, cancellationToken);
        if (LosesAnswers && request.RequestUri!.AbsolutePath.EndsWith("/journal", StringComparison.Ordinal))
        {
            Lost++;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            answer.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "the answer was lost");
        }
        return answer;
    }
}
