"""Our own pages on banks inside the admin; each asks for its roles."""

from django.urls import path

from question_bank.views import (
    assembling,
    blueprints,
    citations,
    exports,
    images,
    imports,
    mapping,
    pairs,
    paper_acts,
    papers,
    reading_again,
    review,
    statistics,
)

app_name = "bank"
urlpatterns = [
    path("imports/", imports.ImportsPage.as_view(), name="imports"),
    path("imports/upload/", imports.upload, name="import_upload"),
    path("imports/<int:pk>/", imports.ImportPage.as_view(), name="import"),
    path("imports/<int:pk>/finish/", imports.finish, name="import_finish"),
    path("imports/<int:pk>/retry/", imports.retry, name="import_retry"),
    path("imports/<int:pk>/read-as/", reading_again.read_as, name="import_read_as"),
    path("imports/<int:pk>/columns/", mapping.MappingPage.as_view(), name="import_columns"),
    path("imports/<int:pk>/rows/<int:row_pk>/", imports.decide, name="import_row"),
    path("imports/<int:pk>/rows/<int:row_pk>/images/<int:place>/", imports.image, name="import_image"),
    path("export/", exports.ExportPage.as_view(), name="export"),
    path("export/file", exports.download, name="export_file"),
    path("pairs/", pairs.PairsPage.as_view(), name="pairs"),
    path("pairs/compare/", pairs.compare, name="compare"),
    path("pairs/<int:pk>/", pairs.judge, name="pair"),
    path("questions/review/", review.next_question, name="review_next"),
    path("questions/review/done/", review.ReviewDonePage.as_view(), name="review_done"),
    path("questions/<int:pk>/review/", review.ReviewPage.as_view(), name="review"),
    path("questions/<int:pk>/citations/add/", citations.add, name="cite"),
    path("questions/<int:pk>/citations/dismiss/", citations.dismiss, name="dismiss"),
    path("questions/<int:pk>/citations/remove/", citations.remove, name="uncite"),
    path(
        "questions/<int:pk>/versions/<int:number>/images/<int:place>/", images.image_of_version, name="image"
    ),
    path("papers/", papers.PaperListPage.as_view(), name="papers"),
    path("papers/<int:pk>/", papers.PaperPage.as_view(), name="paper"),
    path("papers/<int:pk>/arrange/", paper_acts.arrange, name="arrange"),
    path("papers/<int:pk>/describe/", paper_acts.DescribePage.as_view(), name="describe"),
    path("papers/<int:pk>/finalise/", paper_acts.finalise, name="finalise"),
    path("papers/<int:pk>/refresh/", paper_acts.refresh, name="refresh_paper"),
    path("papers/<int:pk>/discard/", paper_acts.discard, name="discard_paper"),
    path("papers/<int:pk>/lot/", papers.LotPage.as_view(), name="lot"),
    path("papers/<int:pk>/paper.docx", papers.word, {"kind": "paper"}, name="paper_word"),
    path("papers/<int:pk>/key.docx", papers.word, {"kind": "key"}, name="key_word"),
    path("blueprints/", blueprints.BlueprintListPage.as_view(), name="blueprints"),
    path("blueprints/new/", blueprints.BlueprintPage.as_view(), name="new_blueprint"),
    path("blueprints/<int:pk>/", blueprints.BlueprintPage.as_view(), name="blueprint"),
    path("blueprints/<int:pk>/assemble/", assembling.assemble, name="assemble"),
    path("statistics/", statistics.StatisticsPage.as_view(), name="statistics"),
    path("statistics/upload/", statistics.upload, name="upload_responses"),
    path("statistics/tokens/add/", statistics.add_token, name="add_token"),
    path("statistics/tokens/revoke/", statistics.revoke_token, name="revoke_token"),
]
