namespace ConvNetShell.Core.Data;
internal static class Tmp { public static Dataset WithValidation(this Dataset d, double f, int s) => d; }
