using System.Text;
using Plotly.NET;

namespace ConvNetShell.Rendering.Charts;

/// <summary>
/// The script a page needs once for all its charts: plotly.js as Plotly.NET carries it, and what fits charts to the page.
/// </summary>
public static class PlotlyScript
{
    private const string Resource = "Plotly.NET.plotly-2.28.0.min.js";

    // Within a page that has an AMD loader (the classic notebook) plotly.js would register there and leave no global.
    private const string Before =
        "<script>(function(){if(window.ConvNetShellPlotly)return;var define=undefined,module=undefined,exports=undefined;\n";

    private const string After = """

        var P=self.Plotly;
        function dark(){
          var b=document.body,k=b.getAttribute("data-vscode-theme-kind")||"";
          if(b.getAttribute("data-jp-theme-light"))return b.getAttribute("data-jp-theme-light")==="false";
          if(k)return k.indexOf("dark")>=0;
          var c=(getComputedStyle(b).backgroundColor.match(/[\d.]+/g)||[]).map(Number);
          return c.length>=3&&!(c.length===4&&c[3]===0)&&0.2126*c[0]+0.7152*c[1]+0.0722*c[2]<110;
        }
        window.ConvNetShellPlotly={plotly:P,draw:function(id,figure,height){
          var e=document.getElementById(id);
          if(!e)return;
          var d=figure.dark===undefined?dark():figure.dark,l=figure.layout,text=d?"#f0f6fc":"#1f2328",grid=d?"#3d444d":"#e4e8ec";
          l.paper_bgcolor=l.plot_bgcolor=figure.dark===undefined?"rgba(0,0,0,0)":d?"#151b23":"#ffffff";
          l.font=Object.assign({family:"system-ui,sans-serif",size:12,color:text},l.font);
          l.hoverlabel={bgcolor:d?"#21262d":"#ffffff",font:{color:text}};
          l.modebar={bgcolor:"rgba(0,0,0,0)",color:"#8c959f",activecolor:text};
          l.height=height;
          Object.keys(l).forEach(function(k){if(/^[xy]axis/.test(k))
            l[k]=Object.assign({gridcolor:grid,zerolinecolor:grid,linecolor:grid},l[k])});
          e.textContent="";
          P.newPlot(e,figure.data,l,{responsive:true,displaylogo:false,modeBarButtonsToRemove:["select2d","lasso2d","autoScale2d"]});
        }};
        })()</script>
        """;

    /// <summary>Returns the script, to stand in a page.</summary>
    /// <returns>One script element; nothing in it is fetched from anywhere.</returns>
    public static string Html()
    {
        using Stream script =
            typeof(Defaults).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException(
                $"Expected the resource {Resource} in Plotly.NET. Received: "
                    + $"{string.Join(", ", typeof(Defaults).Assembly.GetManifestResourceNames())}."
            );
        using var reader = new StreamReader(script, Encoding.UTF8);

        // The tags that end a script, or begin a comment in one, can only occur in its strings.
        string plotly = reader
            .ReadToEnd()
            .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
            .Replace("<!--", "<\\!--", StringComparison.Ordinal);
        return Before + plotly + After;
    }
}
