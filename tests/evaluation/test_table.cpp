// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest/QtTest>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/strings.h"
#include "core/dataset/csv.h"
#include "core/evaluation/tables/table.h"
#include "tests/support/places.h"
#include "tests/support/test_program.h"

using namespace rest;
using namespace rest::evaluation;

namespace {

ResultTable sample() {
    ResultTable table{.title = "50% of _our_ {clips}", .columns = {{"", "Method"}, {"UCF-101", "2"}, {"UCF-101", "4"}}};
    table.rows.push_back({"Generative", "Table 6", true, {TableCell::of("REST (Ours)"), TableCell::of(88.2)}});
    table.rows.push_back(
        {"Generative",
         "run 3, step 2, seed 1",
         false,
         {TableCell::of("ours, \"K = 3\"\nagain"), {.value = 1.0 / 3, .deviation = 0.25}, TableCell::of(NAN)}});
    table.provenance = {"on 3,512 of 3,783 clips", "rest evaluate\nP.rest"};
    return table;
}

}  // namespace

class TestTable : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void cellsAsShown() {
        QCOMPARE(shown(TableCell::of(49.66)), std::string("49.7"));
        QCOMPARE(shown({.value = 49.7, .deviation = 1.139}), std::string("49.7 ± 1.14"));
        QCOMPARE(shown({.value = 62.6, .decimals = 2}), std::string("62.60"));
        QCOMPARE(shown(TableCell::of("x")), std::string("x"));
        QCOMPARE(shown({}), std::string("-"));
        QCOMPARE(shown(TableCell::of(NAN)), std::string("-"));
    }

    void csvLetterByLetter() {
        QCOMPARE(to_csv(sample()),
                 std::string(
                     "\xEF\xBB\xBFGroup,Method,UCF-101 2,UCF-101 2 deviation,UCF-101 4,Source\r\n"
                     "Generative,REST (Ours),88.2,,,Table 6\r\n"
                     "Generative,\"ours, \"\"K = 3\"\"\nagain\",0.3333333333333333,0.25,,\"run 3, step 2, seed 1\"\r\n"
                     "\"on 3,512 of 3,783 clips\",,,,,\r\n"
                     "\"rest evaluate\nP.rest\",,,,,\r\n"));
        QCOMPARE(to_csv({}), std::string("\xEF\xBB\xBF\r\n"));
    }

    void csvIsReadBack() {
        const std::string text = to_csv(sample());
        dataset::CsvReader rows(text);
        std::vector<std::string> row;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(rows.next(row));
            QCOMPARE(row.size(), size_t{6});
        }
        QCOMPARE(row[1], std::string("ours, \"K = 3\"\nagain"));
    }

    void whatPeopleTypedIsNoFormula() {
        ResultTable table{.title = "=T", .columns = {{"", "=Class"}, {"-a", "b"}}};
        table.rows.push_back({.group = "+group",
                              .source = "@source",
                              .cells = {TableCell::of("=HYPERLINK(\"http://a.example\")"), TableCell::of(-0.5)}});
        table.rows.push_back({.cells = {TableCell::of("-_0l35AkU34_000062_000072.mp4"), TableCell::of("-")}});
        table.rows.push_back({.cells = {TableCell::of("'=kept"), {.value = -1.0, .deviation = 0.5}}});
        table.provenance = {" -provenance"};
        const std::string text = to_csv(table);
        QCOMPARE(text, std::string("\xEF\xBB\xBFGroup,'=Class,'-a b,'-a b deviation,Source\r\n"
                                   "'+group,\"'=HYPERLINK(\"\"http://a.example\"\")\",-0.5,,'@source\r\n"
                                   ",'-_0l35AkU34_000062_000072.mp4,-,,\r\n"
                                   ",''=kept,-1,0.5,\r\n"
                                   "' -provenance,,,,\r\n"));
        dataset::CsvReader rows(text);
        std::vector<std::vector<std::string>> read;
        for (std::vector<std::string> row; rows.next(row);) read.push_back(row);
        QCOMPARE(read.at(0).at(2), std::string("-a b"));
        QCOMPARE(read.at(1), (std::vector<std::string>{"+group", table.rows[0].cells[0].text, "-0.5", "", "@source"}));
        for (size_t i : {1, 2}) QCOMPARE(read.at(i + 1).at(1), table.rows[i].cells[0].text);
        QCOMPARE(read.at(4).at(0), table.provenance[0]);
        const auto json = nlohmann::json::parse(to_json(table));
        QCOMPARE(json["rows"][0]["cells"][0]["text"].get<std::string>(), table.rows[0].cells[0].text);
    }

    void json() {
        auto table = sample();
        table.rows[0].cells[0].text = "broken \xff";
        const auto document = nlohmann::json::parse(to_json(table));
        QCOMPARE(document["title"].get<std::string>(), table.title);
        QCOMPARE(document["columns"][1]["group"].get<std::string>(), std::string("UCF-101"));
        QCOMPARE(document["rows"][1]["cells"][1]["value"].get<double>(), 1.0 / 3);
        QCOMPARE(document["rows"][1]["cells"][1]["deviation"].get<double>(), 0.25);
        QVERIFY(document["rows"][1]["cells"][2]["value"].is_null());
        QCOMPARE(document["rows"][0]["cells"].size(), size_t{3});  // the short row is filled
        QVERIFY(document["rows"][0]["greyed"].get<bool>());
        QCOMPARE(document["rows"][1]["source"].get<std::string>(), std::string("run 3, step 2, seed 1"));
        QCOMPARE(document["provenance"].size(), size_t{2});
    }

    void latexEscapes() {
        QCOMPARE(latex_escaped("a_b & 5% #1 {x} $y$"), std::string("a\\_b \\& 5\\% \\#1 \\{x\\} \\$y\\$"));
        QCOMPARE(latex_escaped("\\input{x}"), std::string("\\textbackslash{}input\\{x\\}"));
        QCOMPARE(latex_escaped("~^<>|\""),
                 std::string("\\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}"
                             "\\textbar{}\\textquotedbl{}"));
        QCOMPARE(latex_escaped("49.7 ± 1.14"), std::string("49.7 $\\pm$ 1.14"));
        QCOMPARE(latex_escaped("été\n\n✓"), std::string("été $\\checkmark$"));
    }

    void latexWhole() {
        QCOMPARE(to_latex(sample()),
                 std::string("% Needs \\usepackage{booktabs,xcolor,amssymb}\n"
                             "% on 3,512 of 3,783 clips\n% rest evaluate P.rest\n"
                             "\\begin{table}\n\\centering\n\\caption{50\\% of \\_our\\_ \\{clips\\}}\n"
                             "\\begin{tabular}{lrr}\n\\toprule\n"
                             " & \\multicolumn{2}{c}{UCF-101} \\\\\n\\cmidrule(lr){2-3}\n"
                             "Method & 2 & 4 \\\\\n\\midrule\n"
                             "\\multicolumn{3}{l}{\\emph{Generative}} \\\\\n"
                             "% Table 6\n"
                             "\\textcolor{gray}{REST (Ours)} & \\textcolor{gray}{88.2} & \\textcolor{gray}{-} \\\\\n"
                             "% run 3, step 2, seed 1\n"
                             "ours, \\textquotedbl{}K = 3\\textquotedbl{} again & 0.3 $\\pm$ 0.25 & - \\\\\n"
                             "\\bottomrule\n\\end{tabular}\n\\end{table}\n"));
    }

    void thePapersTables() {
        const auto tables = load_paper_tables(test::source_dir() / "resources/paper/tables.json");
        for (const auto& paper : tables) {
            const auto table = greyed(paper);
            QCOMPARE(table.rows.size(), paper.rows.size());
            for (size_t r = 0; r < table.rows.size(); ++r) {
                QVERIFY(table.rows[r].greyed);
                // Printed text is shown verbatim.
                for (size_t c = 0; c < table.columns.size(); ++c) {
                    const auto& printed = paper.rows[r].cells[c].text;
                    QCOMPARE(shown(table.rows[r].cells[c]), printed);
                }
            }
            QVERIFY(nlohmann::json::accept(to_json(table)));
            QVERIFY(to_csv(table).size() > 100 && to_latex(table).find("\\textcolor{gray}") != std::string::npos);
        }
    }
};

REST_TEST(TestTable)
#include "test_table.moc"
