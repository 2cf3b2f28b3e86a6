//! `resmark catalogue`: made, checked, asked and compared.

use expect_test::expect;

use crate::run::Folder;

const LIST: &str = "id\tyear\tplace\tkind\ttitle_en\tsource\n\
    LC-12\t2016\tNairobi\trevised\tWater levels\tthe book\n\
    LC-12\t2004\tGeneva\tadopted\tWater levels\t\n\
    LC-7\t\t\t\t\t\n";

#[test]
fn a_catalogue_is_made_of_a_list() {
    let folder = Folder::with(&[("list.tsv", LIST)]);
    let ran = folder.run("catalogue build list.tsv -o lake.json");
    expect![[r#"
        --- standard error
        note: lake.json: 2 resolutions
        --- exit code 0
    "#]]
    .assert_eq(&ran.shown());
    expect![[r#"
        {
          "resolutions": [
            {"id":"LC-12","titles":[{"language":"en","text":"Water levels","source":"the book"}],"versions":[{"version":"2004","place":"Geneva","year":2004,"kind":"adopted","source":"list.tsv"},{"version":"2016","place":"Nairobi","year":2016,"kind":"revised","source":"the book"}]},
            {"id":"LC-7","source":"list.tsv"}
          ]
        }
    "#]].assert_eq(&folder.read("lake.json"));
    expect![[r#"
        hint: lake.json, line 3, column 11 (resolutions[0].id): Resmark does not know the body “LC”; in texts only the id finds its resolutions.
        hint: lake.json, line 4, column 11 (resolutions[1].id): Resmark does not know the body “LC”; in texts only the id finds its resolutions.
        Found 2 problems in 1 catalogue file
        --- exit code 0
    "#]].assert_eq(&folder.run("catalogue validate lake.json").shown());
}

#[test]
fn half_a_catalogue_is_not_written() {
    let folder = Folder::with(&[("a.csv", "id,yaer\nLC-1,2016\n"), ("b.csv", "id,year,date\nLC-1,16,soon\n")]);
    expect![[r#"
        --- standard error
        error: a.csv, line 1, column 2 (“yaer”): there is no column “yaer”; did you mean “year”?
        error: b.csv, line 2, column 2 (“year”): expected a year between 1865 and 2999, found “16”.
        error: b.csv, line 2, column 3 (“date”): expected a date such as 2022-10-14, found “soon”.
        error: none.csv: there is no such file or folder
        --- exit code 2
    "#]]
    .assert_eq(&folder.run("catalogue build a.csv b.csv none.csv -o lake.json").shown());
    assert_eq!(folder.names(), ["a.csv", "b.csv"]);
}

#[test]
fn a_catalogue_is_made_of_a_workspace() {
    let folder = Folder::with(&[
        ("x/a.resmark", "# Resolution 5 (Rev. Bucharest, 2022)\n## Small islands\n\n*resolves*\n\n1. to go on.\n"),
        ("x/b.resmark", "SUP EUR/48A1/6\n\n# Resolution 185 (Busan, 2014)\n"),
        ("x/notes.resmark", "Nothing in particular.\n"),
    ]);
    expect![[r#"
        {
          "resolutions": [
            {"id":"PP-185","versions":[{"version":"2014","place":"Busan","year":2014,"date":"2014-11-07","kind":"adoptedOrRevised","source":"x/b.resmark"}],"abrogated":{"by":"proposal EUR/48A1/6","source":"x/b.resmark","certainty":"unproven"}},
            {"id":"PP-5","titles":[{"language":"en","text":"Small islands","version":"2022","source":"x/a.resmark"}],"versions":[{"version":"2022","place":"Bucharest","year":2022,"date":"2022-10-14","kind":"adoptedOrRevised","source":"x/a.resmark"}]}
          ]
        }
        --- standard error
        note: 1 document left out: nothing says which resolution it is
        --- exit code 0
    "#]].assert_eq(&folder.run("catalogue build x").shown());
}

#[test]
fn everything_wrong_is_told_with_its_place() {
    let file = "{\"resolutions\": [\n  {\"id\": \"PP-140\", \"versions\": [{\"yaer\": 2022, \"kind\": \"revised\"}]},\n  {\"id\": \"annex\"}\n]}\n";
    let facts = "{\"resolutions\": [{\"id\": \"PP-140\", \"versions\": [{\"year\": 2022, \"place\": \"Dubai\", \"kind\": \"revised\"}]}]}\n";
    let folder =
        Folder::with(&[("catalogue/a.json", file), ("catalogue/b.json", facts), ("c.json", "{\"resolutions\": []}")]);
    expect![[r#"
        error: catalogue/a.json, line 2, column 34 (resolutions[0].versions[0].yaer): there is no field “yaer” here; did you mean “year”?
        error: catalogue/a.json, line 3, column 10 (resolutions[1].id): “annex” is not the id of a resolution; an id looks like PP-140 or UNGA-70/125.
        warning: catalogue/b.json, line 1, column 72 (resolutions[0].versions[0].place): PP met in Bucharest in 2022, not in Dubai.
        Found 3 problems in 2 catalogue files
        --- exit code 1
    "#]].assert_eq(&folder.run("catalogue validate catalogue").shown());
    expect![[r#"
        {
          "problems": [
            {
              "file": "catalogue/b.json",
              "line": 1,
              "column": 72,
              "path": "resolutions[0].versions[0].place",
              "level": "warning",
              "message": "PP met in Bucharest in 2022, not in Dubai"
            }
          ]
        }
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("catalogue validate catalogue/b.json --format json").shown());
    expect![[r#"
        Nothing found in 1 catalogue file
        --- standard error
        error: none.json: there is no such file or folder
        --- exit code 2
    "#]]
    .assert_eq(&folder.run("catalogue validate c.json none.json").shown());
}

#[test]
fn what_is_known_of_a_resolution() {
    let catalogue = "{\"source\": \"the book\", \"resolutions\": [{\"id\": \"LC-12\", \"titles\": [{\"language\": \"fr\", \"text\": \"Niveau des eaux\"}],\n\
        \"versions\": [{\"year\": 2004, \"place\": \"Geneva\", \"kind\": \"adopted\"}, {\"year\": 2016, \"date\": \"2016-05-20\", \"kind\": \"revised\", \"certainty\": \"inferred\"}]},\n\
        {\"id\": \"LC-7\", \"succeededBy\": [{\"id\": \"LC-12\"}]}]}";
    let folder = Folder::with(&[("catalogue/lake.json", catalogue)]);
    expect![[r#"
        LC-12  resolution 12
        in force on 2026-01-01 as 2016 (concluded, not proven)
        series: LC-12, LC-7

        Title (fr)    Niveau des eaux
                        the book
        Version 2004  Geneva, 2004, adopted, in force by 2004-12-31
                        the book
        Version 2016  Rev. 2016, in force from 2016-05-20
                        concluded, not proven; the book
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("catalogue show LC-12 --as-of 2026-01-01").shown());
    expect![[r#"
        {
          "id": "LC-12@2004",
          "name": "resolution 12",
          "asOf": "2010-01-01",
          "status": "in force on 2010-01-01 as Geneva, 2004",
          "inForce": "2004",
          "versions": [
            "2004",
            "2016"
          ],
          "series": [
            "LC-12",
            "LC-7"
          ],
          "facts": [
            {
              "about": "Title (fr)",
              "text": "Niveau des eaux",
              "source": "the book",
              "layer": "file",
              "certainty": "proven"
            },
            {
              "about": "Version 2004",
              "text": "Geneva, 2004, adopted, in force by 2004-12-31",
              "source": "the book",
              "layer": "file",
              "certainty": "proven"
            }
          ],
          "sources": [
            "the book"
          ]
        }
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("catalogue show LC-12@2004 --as-of 2010-01-01 --format json").shown());
    expect![[r#"
        LC-7  resolution 7
        in force on 2026-01-01; there is a newer one on the subject, LC-12
        series: LC-12, LC-7

        Succeeded by  LC-12
                        the book
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("catalogue show LC-7 --as-of 2026-01-01").shown());
    expect![[r#"
        --- standard error
        error: “LC-21” is not in the catalogue; did you mean “LC-12”?
        --- exit code 2
    "#]]
    .assert_eq(&folder.run("catalogue show LC-21").shown());
    expect![[r#"
        --- standard error
        error: LC-12@2005: known are LC-12@2004, LC-12@2016
        --- exit code 2
    "#]]
    .assert_eq(&folder.run("catalogue show LC-12@2005").shown());
    expect![[r#"
        UNGA-76/189  General Assembly resolution 76/189
        in force on 2026-01-01; there is a newer one on the subject, UNGA-79/194
        series: UNGA-74/197, UNGA-75/202, UNGA-76/189, UNGA-77/150, UNGA-78/132, UNGA-79/194

        Title (en)    Information and communications technologies for sustainable development
                        concluded, not proven; United Nations review of the resolutions cited in its programme plans
        Subject (zh)  信息和通信技术（ICT）促进可持续发展
                        ITU proposals and resolutions, 2018–2024
        Succeeded by  UNGA-79/194
                        United Nations review of the resolutions cited in its programme plans
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("catalogue show UNGA-76/189 --as-of 2026-01-01").shown());
}

#[test]
fn what_differs() {
    let old = "{\"resolutions\": [{\"id\": \"LC-1\"}, {\"id\": \"LC-2\", \"inForce\": [{\"year\": 2010}]}]}";
    let new = "{\"resolutions\": [{\"id\": \"LC-2\", \"abrogated\": {\"date\": \"2016-05-20\"}}, {\"id\": \"LC-3\", \"titles\": [{\"language\": \"en\", \"text\": \"Reeds\"}]}]}";
    let own = "{\"resolutions\": [{\"id\": \"PP-140\", \"versions\": [{\"year\": 2026, \"place\": \"Doha\", \"kind\": \"proposed\"}]}]}";
    let folder = Folder::with(&[("old.json", old), ("new.json", new), ("own.json", own)]);
    expect![[r#"
        - LC-1
        ~ LC-2
            + abrogated: on 2016-05-20
            - in force in 2010
        + LC-3
            + title (en): Reeds
        3 resolutions: 1 added, 1 removed, 1 changed
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("catalogue diff old.json new.json").shown());
    expect![[r#"
        {
          "resolutions": [
            {
              "id": "LC-1",
              "change": "removed",
              "facts": []
            },
            {
              "id": "LC-2",
              "change": "changed",
              "facts": [
                {
                  "about": "abrogated",
                  "change": "added",
                  "after": "on 2016-05-20"
                },
                {
                  "about": "in force in 2010",
                  "change": "removed",
                  "before": ""
                }
              ]
            },
            {
              "id": "LC-3",
              "change": "added",
              "facts": [
                {
                  "about": "title (en)",
                  "change": "added",
                  "after": "Reeds"
                }
              ]
            }
          ]
        }
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("catalogue diff old.json new.json --format json").shown());
    expect![[r#"
        No difference
        --- exit code 0
    "#]]
    .assert_eq(&folder.run("catalogue diff old.json old.json").shown());
    expect![[r#"
        ~ PP-140
            + version 2026: Doha, 2026, proposed
        1 resolution: 0 added, 0 removed, 1 changed
        --- exit code 1
    "#]]
    .assert_eq(&folder.run("catalogue diff own.json").shown());
}
