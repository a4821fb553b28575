using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Writes PowerShell objects as JSON the way pwsh shapes them: tables and properties become objects, sequences become lists.</summary>
internal sealed class JsonObjectWriter(int depth, bool compress, bool enumsAsStrings)
{
    /// <summary>True when something lay deeper than was asked for.</summary>
    public bool WasCut { get; private set; }

    public string Write(object? value)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = !compress, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 200 };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            Write(json, value, level: 0);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(Utf8JsonWriter json, object? value, int level)
    {
        PSObject? wrapped = value as PSObject;
        object? bare = wrapped?.BaseObject ?? value;
        if (WriteScalar(json, bare))
        {
            return;
        }

        if (level > depth)
        {
            WasCut = true;
            json.WriteStringValue(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        switch (bare)
        {
            case IDictionary table:
                WriteMembers(json, table.Keys.Cast<object>().Select(key => (LanguagePrimitives.ConvertTo<string>(key), table[key])), level);
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(json, item, level + 1);
                }

                json.WriteEndArray();
                break;
            default:
                WriteMembers(json, Properties(wrapped ?? PSObject.AsPSObject(bare!), bare!), level);
                break;
        }
    }

    private void WriteMembers(Utf8JsonWriter json, IEnumerable<(string Name, object? Value)> members, int level)
    {
        json.WriteStartObject();
        foreach ((string name, object? value) in members)
        {
            json.WritePropertyName(name);
            Write(json, value, level + 1);
        }

        json.WriteEndObject();
    }

    private bool WriteScalar(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or DBNull or System.Management.Automation.Language.NullString:
                json.WriteNullValue();
                return true;
            case string or char or Uri or Guid or Version or Type or TimeSpan or SemanticVersion:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case bool flag:
                json.WriteBooleanValue(flag);
                return true;
            case SwitchParameter flag:
                json.WriteStartObject();
                json.WriteBoolean("IsPresent", flag.IsPresent);
                json.WriteEndObject();
                return true;
            case DateTime time:
                json.WriteStringValue(time);
                return true;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                return true;
            case Enum name when enumsAsStrings:
                json.WriteStringValue(name.ToString());
                return true;
            case Enum name:
                json.WriteNumberValue(Convert.ToDecimal(name, CultureInfo.InvariantCulture));
                return true;
            case double number:
                if (!WriteUnusual(json, number, number.ToString("R", CultureInfo.InvariantCulture)))
                {
                    json.WriteNumberValue(number);
                }

                return true;
            case float number:
                if (!WriteUnusual(json, number, number.ToString("R", CultureInfo.InvariantCulture)))
                {
                    json.WriteNumberValue(number);
                }

                return true;
            case BigInteger number:
                json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                return true;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
                json.WriteNumberValue(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    // A whole number that was a double keeps its point, so that it is read back as one; JSON has no word for NaN and infinity.
    private static bool WriteUnusual(Utf8JsonWriter json, double number, string text)
    {
        if (!double.IsFinite(number))
        {
            json.WriteStringValue(text);
            return true;
        }

        if (text.AsSpan().ContainsAny('.', 'E'))
        {
            return false;
        }

        json.WriteNumberValue(decimal.Parse(text + ".0", CultureInfo.InvariantCulture));
        return true;
    }

    private static IEnumerable<(string Name, object? Value)> Properties(PSObject item, object bare)
    {
        // Like pwsh: members that a script added count, those that the type table adds to .NET objects do not.
        PSMemberTypes kinds = bare is PSCustomObject ? PSMemberTypes.Properties : PSMemberTypes.Property | PSMemberTypes.NoteProperty;
        return item.Properties
            .Where(property => property.IsGettable && (property.MemberType & kinds) != 0)
            .Select(property => (property.Name, Get(property)));
    }

    private static object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            // A property that throws has no value to show; pwsh writes null as well.
            return null;
        }
    }
}
