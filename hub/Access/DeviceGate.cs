using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Keys;

namespace EdgeHub.Hub.Access;

/// <summary>Lets a known, unrevoked device through that shows a fresh ticket of ours with its signature:
/// "Authorization: EdgeHub DEVICE TICKET SIGNATURE".</summary>
public sealed class DeviceGate(HubStore hub) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (device, fault) = Check(http.Request.Headers.Authorization.ToString());
        if (device is null)
        {
            return Problems.Of(http, fault.Code is Codes.Revoked ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized, fault);
        }
        http.Features.Set(device);
        return await next(context);
    }

    /// <summary>The device that the gate let through.</summary>
    public static Device Of(HttpContext http) => http.Features.Get<Device>() ?? throw new InvalidOperationException("The endpoint stands behind the device gate.");

    /// <summary>The device of a header, or why it is not let through.</summary>
    /// <exception cref="FaultException">HubClockJumped: whether a ticket still holds cannot be told.</exception>
    public (Device? Device, Fault Fault) Check(string header)
    {
        hub.ClockWatch.Demand();
        if (Tickets.TryRead(header) is not { } claim)
        {
            return (null, new Fault(Codes.TicketInvalid, "Authorization", "", "EdgeHub DEVICE TICKET SIGNATURE"));
        }
        var device = hub.Read(session => AccessStore.FindDevice(session, hub.Region, claim.Device));
        var fault =
            device is null ? new Fault(Codes.UnknownDevice, "device", claim.Device, "a device that was enrolled")
            : device.RevokedMilliseconds is not null ? new Fault(Codes.Revoked, "device", claim.Device, "a device that was not revoked")
            : !Tickets.IsGood(claim.Ticket, claim.Device, hub.Clock.GetUtcNow(), hub.Keys.TicketSecret) ? new Fault(Codes.TicketInvalid, "Authorization", "", "a fresh ticket (GET /sync/v1/hello)")
            : !Tickets.SignatureHolds(claim, device.PublicKey) ? new Fault(Codes.BadSignature, "Authorization", "", "the device's signature over the ticket")
            : null;
        return fault is null ? (device, null!) : (null, fault);
    }
}
