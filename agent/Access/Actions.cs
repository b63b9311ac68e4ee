namespace EdgeHub.Agent.Access;

/// <summary>What can be done at a site, one by one: each page handler and each endpoint names the one that it is. Who may do what is
/// said in Access/roles.csv.</summary>
public static class Actions
{
    public const string SeeStatus = nameof(SeeStatus);
    public const string SeeDevices = nameof(SeeDevices);
    public const string UseReader = nameof(UseReader);
    public const string SeeQueue = nameof(SeeQueue);
    public const string CheckIn = nameof(CheckIn);
    public const string SeePerson = nameof(SeePerson);
    public const string SearchCatalogue = nameof(SearchCatalogue);
    public const string Quote = nameof(Quote);
    public const string Settle = nameof(Settle);
    public const string SeeSettlement = nameof(SeeSettlement);
    public const string Reverse = nameof(Reverse);
    public const string RefundPart = nameof(RefundPart);
    public const string TakeInInvoice = nameof(TakeInInvoice);
    public const string PayOut = nameof(PayOut);
    public const string RecordContact = nameof(RecordContact);
    public const string ApproveLarge = nameof(ApproveLarge);
    public const string SeeDay = nameof(SeeDay);
    public const string CountDrawer = nameof(CountDrawer);
    public const string SeeEvidence = nameof(SeeEvidence);
    public const string SayUnsettled = nameof(SayUnsettled);
    public const string SeeQuarantine = nameof(SeeQuarantine);
    public const string SyncNow = nameof(SyncNow);
    public const string Enrol = nameof(Enrol);
    public const string SeeRoles = nameof(SeeRoles);
    public const string ChangeStaff = nameof(ChangeStaff);
    public const string ChangeClients = nameof(ChangeClients);
}
