namespace EdgeHub.Hub.Jobs;

/// <summary>What somebody gave on the command line or in a file is not right; the message says where and what would be. Exit code 2.</summary>
public class InputException(string message) : Exception(message);
