"""The form of a question, as people type it."""

from datetime import date
from typing import Any

from django import forms

from accounts.models import Institution, User
from catalog.cells import item_choices
from catalog.models import OperationItem
from question_bank.content import Content, QuestionType
from question_bank.entry import read_answer, read_names, read_options
from question_bank.models import Difficulty, KnowledgePoint, Question
from question_bank.questions.acts import EditedMeanwhile, create_question, revise_question
from question_bank.rules import content_problems

POINT_LENGTH = KnowledgePoint._meta.get_field("name").max_length


class _DateInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """As browsers want it, whatever the locale."""
        return value.isoformat() if isinstance(value, date) else value


class QuestionForm(forms.Form):
    """A question as people type it. Without `item` it is asked for; with `instance` that one is revised."""

    item = forms.ModelChoiceField(
        OperationItem.objects.all(),
        label="操作项目",
        empty_label="请选择",
        error_messages={"required": "没有选择操作项目，请选择。"},
    )
    type = forms.ChoiceField(
        label="题型",
        choices=[(kind.value, kind.label) for kind in QuestionType],
        widget=forms.RadioSelect,
        initial=QuestionType.SINGLE.value,
    )
    stem = forms.CharField(label="题干", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    options = forms.CharField(
        label="选项",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text="每行一个选项，按顺序为 A、B、C、D……；判断题不填。",
    )
    answer = forms.CharField(
        label="答案",
        required=False,
        help_text="判断题填“对”或“错”；单选题填一个字母，如 B；多选题填全部字母，如 ABD。",
    )
    explanation = forms.CharField(
        label="解析",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="错题回放时学员会看到，请写明依据。",
    )
    difficulty = forms.TypedChoiceField(
        label="难度",
        choices=[("", "不填"), *Difficulty.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    knowledge_points = forms.CharField(
        label="知识点", required=False, help_text="可填多个，用顿号分隔；新的知识点会自动建立。"
    )
    valid_from = forms.DateField(
        label="启用日期",
        required=False,
        widget=_DateInput,
        help_text="新规定从哪天起施行，题目就从哪天起用；一直可用则不填。",
    )
    valid_to = forms.DateField(
        label="最后有效日",
        required=False,
        widget=_DateInput,
        help_text="旧规定到哪天为止，题目就用到哪天；过后不再进课时和试卷。",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    points_read = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        item: OperationItem | None = None,
        institution: Institution | None,
        by: User,
        instance: Question | None = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files, initial=_typed(instance) if instance else None)
        self.item = instance.item if instance else item
        self.institution, self.by, self.instance = institution, by, instance
        self.fields["version"].required = instance is not None
        if self.item:
            del self.fields["item"]
        else:
            self.fields["item"].choices = [("", "请选择"), *item_choices()]

    def clean_knowledge_points(self) -> tuple[str, ...]:
        names = read_names(self.cleaned_data["knowledge_points"])
        for name in names:
            if len(name) > POINT_LENGTH:
                raise forms.ValidationError(f"知识点“{name[:10]}…”超过 {POINT_LENGTH} 字，请精简。")
        return names

    def clean(self) -> dict[str, Any]:
        if not self.instance and not self.institution:
            self.add_error(None, "您的账号没有所属机构，不能新建题目，请联系平台管理员设置。")
        if "type" in self.cleaned_data:
            for problem in content_problems(self.content.tidied()):
                self.add_error(problem.field, problem.message)
        return self.cleaned_data

    @property
    def content(self) -> Content:
        typed = self.cleaned_data
        return Content(
            type=typed["type"],
            stem=typed.get("stem", ""),
            options=read_options(typed.get("options", "")),
            answer=read_answer(typed.get("answer", ""), typed["type"]),
            explanation=typed.get("explanation", ""),
            difficulty=typed.get("difficulty"),
            images=self.images,
            valid_from=typed.get("valid_from"),
            valid_to=typed.get("valid_to"),
        )

    @property
    def images(self) -> tuple[str, ...]:
        """The pictures stay as they are where none are asked for."""
        return tuple(self.instance.images) if self.instance else ()

    def _merged_points(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """Points make no version: what somebody else added or took away meanwhile stays so."""
        if "points_read" not in self.data:
            return typed
        standing = tuple(self.instance.knowledge_points.values_list("name", flat=True))
        return merged(typed, read=read_names(self.cleaned_data["points_read"]), standing=standing)

    def save(self) -> Question | None:
        """Write the question. When somebody saved it meanwhile: None, and the reason among the errors."""
        words = {"content": self.content, "knowledge_points": self.cleaned_data["knowledge_points"]}
        if not self.instance:
            item = self.item or self.cleaned_data["item"]
            return create_question(item=item, institution=self.institution, by=self.by, **words)
        try:
            read = self.cleaned_data["version"]
            words["knowledge_points"] = self._merged_points(words["knowledge_points"])
            return revise_question(self.instance, based_on=read, by=self.by, **words)
        except EditedMeanwhile as error:
            self.add_error(None, str(error))
            self.data = self.data.copy()
            self.data["version"] = error.standing.version
            return None


def merged(typed: tuple[str, ...], *, read: tuple[str, ...], standing: tuple[str, ...]) -> tuple[str, ...]:
    """The names that stand, without those that the editor took away from what they read, and with the new."""
    kept = [name for name in standing if name in typed or name not in read]
    return (*kept, *(name for name in typed if name not in kept and name not in read))


def _typed(question: Question) -> dict[str, Any]:
    """A question as it would be typed."""
    points = "、".join(point.name for point in question.knowledge_points.all())
    return {
        "type": question.type,
        "stem": question.stem,
        "options": "\n".join(question.options),
        "answer": question.key,
        "explanation": question.explanation,
        "difficulty": question.difficulty,
        "valid_from": question.valid_from,
        "valid_to": question.valid_to,
        "knowledge_points": points,
        "points_read": points,
        "version": question.version,
    }
