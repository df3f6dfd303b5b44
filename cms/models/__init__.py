from cms.models.course import Course
from cms.models.feed import CalendarFeed
from cms.models.impact import Basis, ImpactDecision
from cms.models.instructor import Instructor
from cms.models.lesson import CourseCitation, Lesson, LessonQuestion
from cms.models.mail import OutgoingMail
from cms.models.no_change import NoChange, NoticeRemark
from cms.models.notice import UpdateNotice
from cms.models.overruling import Overruling
from cms.models.proposal import ProposalAnswer
from cms.models.release import CourseRelease
from cms.models.reminder import Reminder, ReminderRecipient
from cms.models.review import CourseReview, CourseReviewTask, GateTask
from cms.models.rights_reminder import RightsReminder
from cms.models.selection import Selection
from cms.models.sitting import Sitting
from cms.models.suggestion import CourseScan, CourseSuggestion
from cms.models.withholding import Policy, Withholding

__all__ = [
    "Basis",
    "CalendarFeed",
    "Course",
    "CourseCitation",
    "CourseRelease",
    "CourseReview",
    "CourseReviewTask",
    "CourseScan",
    "CourseSuggestion",
    "GateTask",
    "ImpactDecision",
    "Instructor",
    "Lesson",
    "LessonQuestion",
    "NoChange",
    "NoticeRemark",
    "OutgoingMail",
    "Overruling",
    "Policy",
    "ProposalAnswer",
    "Reminder",
    "ReminderRecipient",
    "RightsReminder",
    "Selection",
    "Sitting",
    "UpdateNotice",
    "Withholding",
]
